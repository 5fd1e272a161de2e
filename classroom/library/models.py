"""The ledger: films, their sources, and the facts that rest on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.library import values


class Film(models.Model):
    """A film, and the kit that has been loaded for it."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    kit_version = models.CharField(_("kit version"), max_length=20)
    language = models.CharField(_("language"), max_length=12, default="en")
    licence = models.CharField(_("licence of the kit's text"), max_length=40)
    summary = models.TextField(_("summary"))
    content_note = models.TextField(_("content note"), blank=True)
    families_markdown = models.TextField(_("letter to families"), blank=True)
    families_html = models.TextField(editable=False, blank=True)
    rules_title = models.CharField(_("title of the rules of discussion"), max_length=200, blank=True)
    rules_note = models.TextField(_("where the rules of discussion come from"), blank=True)
    context_names = models.JSONField(_("names that every source is about"), default=list, blank=True)

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Topic(models.Model):
    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="topics")
    key = models.SlugField(_("key"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["film", "position"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="topic_key_in_film")]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """A document that facts come from."""

    class Kind(models.TextChoices):
        NEWS_REPORT = "news-report", _("news report")
        REVIEW = "review", _("review")
        BROADCASTER_PAGE = "broadcaster-page", _("broadcaster's page")
        INTERVIEW_ARTICLE = "interview-article", _("interview article")
        LISTING = "listing", _("listing with user reviews")

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="sources")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=250)
    author = models.CharField(_("author"), max_length=120, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    short_name = models.CharField(_("short name"), max_length=60)
    also_named = models.JSONField(_("also named"), default=list, blank=True)
    # As precise as the source is: YYYY, YYYY-MM or YYYY-MM-DD.
    date = models.CharField(_("date"), max_length=10, blank=True)
    date_updated = models.CharField(_("updated"), max_length=10, blank=True)
    date_note = models.CharField(_("note on the date"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    reliability = models.TextField(_("reliability"), help_text=_("What the source is good for, and what not."))
    lines_for_students = models.BooleanField(
        _("students may read the lines"),
        default=False,
        help_text=_("Where the text is attached, students see the cited lines too."),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["film", "position"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="source_key_in_film")]

    def __str__(self) -> str:
        return self.short_name


class Passage(models.Model):
    """A numbered paragraph of a source: its fingerprint always, its text where the school has attached it."""

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField(_("number"))
    sha256 = models.CharField(_("SHA-256 of the normalised text"), max_length=64)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["source", "number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="passage_number_in_source")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.number}"


class FactQuerySet(models.QuerySet["Fact"]):
    def current(self) -> "FactQuerySet":
        return self.filter(retired_at__isnull=True)

    def with_sources(self) -> "FactQuerySet":
        """With the topic, and citations down to their sources: in three queries, however many facts."""
        return self.select_related("topic").prefetch_related(
            models.Prefetch("citations", queryset=Citation.objects.select_related("passage__source"))
        )


class Fact(models.Model):
    """One statement of the ledger, with its value, and how far it may be trusted and used. See docs/kit-format.md."""

    class Nature(models.TextChoices):
        FACT = "fact", _("fact")
        CLAIM = "claim", _("claim")
        OPINION = "opinion", _("opinion")
        QUOTATION = "quotation", _("quotation")
        SNAPSHOT = "snapshot", _("snapshot")
        DERIVED = "derived", _("worked out by us")

    class Standing(models.TextChoices):
        CORROBORATED = "corroborated", _("corroborated")
        SINGLE_SOURCE = "single-source", _("single source")
        DISPUTED = "disputed", _("disputed")
        DOUBTFUL = "doubtful", _("doubtful")

    class Use(models.TextChoices):
        SCORE = "score", _("may be scored")
        ATTRIBUTED = "attributed", _("only with its source named")
        DISCUSS = "discuss", _("for discussion only")

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="facts")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="facts")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveIntegerField(_("position"))
    statement = models.TextField(_("statement"))
    subject = models.CharField(_("subject"), max_length=200)
    attribute = models.CharField(_("attribute"), max_length=200)
    many = models.BooleanField(_("one of several"), default=False)
    value = models.JSONField(_("value"))
    value_type = models.CharField(_("value type"), max_length=20)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    precision = models.CharField(_("precision"), max_length=20, default="exact")
    kind = models.CharField(_("kind of value"), max_length=60, blank=True)
    accept = models.JSONField(_("also right"), default=list, blank=True)
    never = models.JSONField(_("never a wrong option"), default=list, blank=True)
    nature = models.CharField(_("nature"), max_length=20, choices=Nature.choices)
    by = models.CharField(_("whose"), max_length=200, blank=True)
    as_of = models.CharField(_("as of"), max_length=20, blank=True)
    standing = models.CharField(_("standing"), max_length=20, choices=Standing.choices)
    use = models.CharField(_("use"), max_length=20, choices=Use.choices)
    derivation = models.JSONField(_("derivation"), null=True, blank=True)
    note = models.TextField(_("note to teachers"), blank=True)
    # By language: see classroom.common.translated.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["film", "position"]
        constraints = [
            models.UniqueConstraint(fields=["film", "key"], name="fact_key_in_film"),
            # A number that the sources dispute is never scored as if it were plain.
            models.CheckConstraint(
                condition=~models.Q(standing__in=["disputed", "doubtful"], use="score"),
                name="fact_disputed_is_not_scored_plainly",
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=["corroborated", "single-source", "disputed", "doubtful"]),
                name="fact_standing_known",
            ),
            models.CheckConstraint(
                condition=models.Q(use__in=["score", "attributed", "discuss"]), name="fact_use_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def typed_value(self) -> values.Value:
        return values.parse(self.value, self.value_type, self.unit or None, self.precision)

    @property
    def value_text(self) -> str:
        """The value as people read it: "81 days", "3 April 2011"."""
        return values.display(self.typed_value)


class Citation(models.Model):
    """A fact's tie to a passage, with what that passage says."""

    class Stance(models.TextChoices):
        STATES = "states", _("states it")
        ROUNDS = "rounds", _("rounds it")
        HEDGES = "hedges", _("hedges it")
        CONTRADICTS = "contradicts", _("contradicts it")
        MENTIONS = "mentions", _("speaks of it")

    fact = models.ForeignKey(Fact, verbose_name=_("fact"), on_delete=models.CASCADE, related_name="citations")
    passage = models.ForeignKey(Passage, verbose_name=_("passage"), on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField(_("position"))
    says = models.CharField(_("says"), max_length=400)
    stance = models.CharField(_("stance"), max_length=20, choices=Stance.choices)
    value = models.JSONField(_("its own value"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    precision = models.CharField(_("precision"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["fact", "position"]
        constraints = [models.UniqueConstraint(fields=["fact", "position"], name="citation_position_in_fact")]

    def __str__(self) -> str:
        return f"{self.fact_id}/{self.position}"


class Conflict(models.Model):
    """A place where sources differ, or where a statement is doubtful on its face."""

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="conflicts")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40)
    why = models.TextField(_("why they may differ"))
    conclusion = models.TextField(_("what a careful reader may conclude"))
    facts = models.ManyToManyField(Fact, verbose_name=_("facts"), related_name="conflicts")
    # By language: see classroom.common.translated.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["film", "position"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="conflict_key_in_film")]

    def __str__(self) -> str:
        return self.title


class Reading(models.Model):
    """One side of a conflict: what it says, and the passages that say so."""

    conflict = models.ForeignKey(
        Conflict, verbose_name=_("conflict"), on_delete=models.CASCADE, related_name="readings"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    says = models.CharField(_("says"), max_length=400)
    passages = models.ManyToManyField(Passage, verbose_name=_("passages"), related_name="readings")

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["conflict", "position"]
        constraints = [models.UniqueConstraint(fields=["conflict", "position"], name="reading_position_in_conflict")]

    def __str__(self) -> str:
        return self.says


class Term(models.Model):
    """A person, place, work, institution, event or word, with a line that the sources support."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        PLACE = "place", _("place")
        WORK = "work", _("work")
        INSTITUTION = "institution", _("institution")
        EVENT = "event", _("event")
        WORD = "word", _("word")

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="terms")
    key = models.SlugField(_("key"), max_length=80)
    term = models.CharField(_("term"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    definition = models.CharField(_("definition"), max_length=400)
    chinese = models.CharField(_("Chinese"), max_length=60, blank=True)
    also = models.JSONField(_("also called"), default=list, blank=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    passages = models.ManyToManyField(Passage, verbose_name=_("passages"), related_name="terms")
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["film", "term"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="term_key_in_film")]

    def __str__(self) -> str:
        return self.term
