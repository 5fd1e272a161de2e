"""A fact as a card: what it says, how far it may be trusted, and who says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.translated import Told, told, worded
from classroom.library import values
from classroom.library.models import Citation, Fact, Passage
from classroom.library.values.dates import display_date

STANDING_WORDS: dict[str, Promise] = {
    Fact.Standing.CORROBORATED: gettext_lazy("Two sources or more say so, each on its own."),
    Fact.Standing.SINGLE_SOURCE: gettext_lazy("One source says so; none of the others confirms or denies it."),
    Fact.Standing.DISPUTED: gettext_lazy("The sources differ, or one of them differs with itself."),
    Fact.Standing.DOUBTFUL: gettext_lazy("There is reason to doubt it, even where no other source denies it."),
}
# No source says outright what we worked out.
_WORKED_OUT_WORDS: dict[str, Promise] = {
    Fact.Standing.CORROBORATED: gettext_lazy("It follows from what two sources or more say."),
    Fact.Standing.SINGLE_SOURCE: gettext_lazy("It follows from what one source says."),
}


@dataclass(frozen=True)
class CitationLine:
    """One source's word on a fact. ``line`` is the paragraph itself, empty where this reader may not see it."""

    source: str
    source_url: str
    paragraph: int
    says: str
    stance: str
    stance_label: str
    value: str
    line: str


@dataclass(frozen=True)
class FactCard:
    """A fact with its standing and sources, for ``components/fact_card.html``.

    Its texts are in the reader's language where the kit has them, and else know the language that they are in;
    ``original`` is the statement as the kit's writers wrote it, where ``statement`` is a translation. ``use_label`` and
    ``note`` are for teachers, and empty for anybody else.
    """

    key: str
    url: str
    statement: str
    about: str
    value: str
    standing: str
    standing_label: str
    standing_words: str
    nature: str
    nature_words: str
    working: str
    use_label: str
    note: str
    retired: bool
    citations: tuple[CitationLine, ...]
    original: str = ""

    @property
    def anchor(self) -> str:
        """The id that a chip points to."""
        return f"fact-{self.key}"

    @property
    def source_names(self) -> tuple[str, ...]:
        """Each source that is cited, once."""
        return tuple(dict.fromkeys(line.source for line in self.citations))


def fact_cards(facts: Sequence[Fact], *, for_teacher: bool) -> list[FactCard]:
    """Cards of these facts, in their order; in the same few queries however many they are."""
    citations = Citation.objects.select_related("passage__source")
    prefetch_related_objects(facts, "film", Prefetch("citations", queryset=citations))
    return [_card(fact, for_teacher) for fact in facts]


def visible_line(passage: Passage, *, for_teacher: bool) -> str:
    """The text of a paragraph, where the school has attached it and this reader may see it; else nothing."""
    return passage.text if for_teacher or passage.source.lines_for_students else ""


def _card(fact: Fact, for_teacher: bool) -> FactCard:
    film_key, said = fact.film.key, told(fact.translations, fact.film.language)
    named = {"attribute": said.word(fact.attribute), "subject": said.word(fact.subject)}
    return FactCard(
        key=fact.key,
        url=reverse("classroom:fact", args=[film_key, fact.key]),
        statement=said.text("statement", fact.statement),
        about=_("%(attribute)s of %(subject)s") % named,
        value=said.word(fact.value_text) if fact.value_type == values.ValueType.TEXT else fact.value_text,
        standing=fact.standing,
        standing_label=fact.get_standing_display(),
        standing_words=_standing_words(fact),
        nature=fact.nature,
        nature_words=nature_words(fact),
        working=said.word(str((fact.derivation or {}).get("working", ""))),
        use_label=fact.get_use_display() if for_teacher else "",
        note=worded(fact.note, fact.film.language) if for_teacher else "",
        retired=fact.retired_at is not None,
        citations=tuple(_line(film_key, citation, fact, said, for_teacher) for citation in fact.citations.all()),
        original=worded(fact.statement, fact.film.language) if said.is_translated else "",
    )


def _standing_words(fact: Fact) -> str:
    worked_out = _WORKED_OUT_WORDS if fact.nature == Fact.Nature.DERIVED else {}
    return str(worked_out.get(fact.standing) or STANDING_WORDS[fact.standing])


def _line(film_key: str, citation: Citation, fact: Fact, said: Told, for_teacher: bool) -> CitationLine:
    passage = citation.passage
    page = reverse("classroom:source", args=[film_key, passage.source.key])
    return CitationLine(
        source=passage.source.short_name,
        source_url=f"{page}#paragraph-{passage.number}",
        paragraph=passage.number,
        says=said.word(citation.says),
        stance=citation.stance,
        stance_label=citation.get_stance_display(),
        value=_own_value(citation, fact),
        line=visible_line(passage, for_teacher=for_teacher),
    )


def _own_value(citation: Citation, fact: Fact) -> str:
    """The value that this paragraph gives, where it is not the fact's own."""
    if citation.value is None:
        return ""
    unit = citation.unit or fact.unit
    return values.display(values.parse(citation.value, fact.value_type, unit or None, citation.precision or "exact"))


def nature_words(fact: Fact) -> str:
    """What kind of statement it is, and whose or of when, in a short clause."""
    if fact.nature == Fact.Nature.SNAPSHOT:
        return _snapshot_words(fact.as_of)
    if not fact.by:
        return str(fact.get_nature_display())
    pattern = {
        Fact.Nature.CLAIM: _("claim by %(by)s"),
        Fact.Nature.OPINION: _("opinion of %(by)s"),
        Fact.Nature.QUOTATION: _("words of %(by)s"),
    }.get(Fact.Nature(fact.nature))
    return pattern % {"by": fact.by} if pattern else str(fact.get_nature_display())


def _snapshot_words(as_of: str) -> str:
    if not as_of or as_of == "undated":
        return _("as it stood when the source was written, which gives no date; it may be different now")
    try:
        day = display_date(as_of)
    except ValueError:
        # A kit may say it in words.
        day = as_of
    return _("as it stood on %(day)s; it may be different now") % {"day": day}
