"""An attempt as one plain HTML form, and each of its questions as the script sends it alone.

Every question has its answer's fields, and a hidden field with the revision that the page shows; the page as a whole
(or the script, for each save) names an idempotency key.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from classroom.people.models import Section
from quizzes.delivery.actions import Save, Settled, Stale
from quizzes.delivery.inputs import INPUTS, Controls, Entered
from quizzes.delivery.layouts import Layout
from quizzes.delivery.models import Response
from quizzes.delivery.queries import Practice
from quizzes.grading import BadAnswer, answer_text, clean_answer, unreadable

SAVE_KEY = "save"
MOST_REVISIONS = 2_000_000_000


class BadSave(Exception):
    """What was sent is no save of a page of ours, or its answer cannot be taken; the message is for the student."""


@dataclass(frozen=True)
class QuestionField:
    """A question on the page: how it is answered, and how far its answer is kept."""

    response: Response
    controls: Controls
    revision: int
    state: str
    error: str = ""
    practice: Practice | None = None

    @property
    def id(self) -> str:
        return self.controls.name


def name_of(response: Response) -> str:
    return f"q{response.position}"


def is_sent(response: Response, sent: QueryDict) -> bool:
    """Whether a question is among what was sent: an unticked box sends nothing, the revision always comes."""
    return f"{name_of(response)}-revision" in sent


def read_save(response: Response, sent: QueryDict) -> Save:
    """The answer to one question, cleaned. Raises BadSave."""
    try:
        return Save(_read_answer(response, sent), _read_revision(response, sent), uuid.UUID(sent.get(SAVE_KEY, "")))
    except BadAnswer as error:
        raise BadSave(str(error)) from error
    except ValueError as error:
        raise BadSave(_("This page cannot be saved: load it again.")) from error


def _read_revision(response: Response, sent: QueryDict) -> int:
    typed = sent.get(f"{name_of(response)}-revision", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_REVISIONS))):
        raise ValueError("A revision is a whole number.")
    return min(int(typed), MOST_REVISIONS)


def _read_answer(response: Response, sent: QueryDict) -> dict[str, Any] | None:
    version, layout = response.version, Layout(response.layout)
    question = INPUTS[version.type]
    entered = question.read(name_of(response), layout, sent)
    return clean_answer(version.type, version.content, question.answer(version.content, layout, entered))


def stored_text(response: Response) -> str:
    """The stored answer in words."""
    return answer_text(response.version.type, response.version.content, response.answer) or _("no answer")


def saved_words(response: Response, zone: ZoneInfo) -> str:
    """ "Saved at 10:41", by the clock on the class's wall."""
    if response.saved_at is None:
        return _("Not answered yet")
    saved = _("Saved at %(time)s") % {"time": clock_time(response.saved_at, zone)}
    if cannot_be_read(response):
        return _("%(saved)s, but it cannot be read as what is asked for: look at the example again.") % {"saved": saved}
    return saved


def cannot_be_read(response: Response) -> bool:
    """Whether the stored answer is kept, but is not what the question asks for: "ten or so" for a number."""
    return unreadable(response.version.type, response.version.content, response.answer)


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def stale_words(stale: Stale) -> str:
    return _(
        "You changed this answer in another window, and that one is kept: “%(stored)s”. Nothing was overwritten. "
        "To keep this one instead, save it again."
    ) % {"stored": stored_text(stale.stored)}


def refusal_words(refusal: Stale | Settled) -> str:
    """Why an answer of a page was not kept."""
    return stale_words(refusal) if isinstance(refusal, Stale) else settled_words()


def settled_words() -> str:
    return _("The right answer has been shown, so this answer changes no more in this attempt. It was not saved.")


def passed_words() -> str:
    return _("In this quiz you cannot go back to a question, or leave one out. Nothing was saved here.")


def not_saved_words() -> str:
    return _("Not saved yet: save it again to keep it.")


def answer_words(response: Response, save: Save) -> str:
    """An answer that was sent, in words."""
    return answer_text(response.version.type, response.version.content, save.answer)


def question_fields(
    responses: Iterable[Response], section: Section, practice: Mapping[int, Practice] | None = None
) -> list[QuestionField]:
    """The questions with their stored answers; ``practice`` by the response's id, where there is any."""
    told = practice or {}
    return [_field(response, section, _stored(response), practice=told.get(response.pk)) for response in responses]


def question_fields_again(
    responses: Iterable[Response],
    section: Section,
    sent: QueryDict,
    refused: Mapping[int, str],
    practice: Mapping[int, Practice],
) -> list[QuestionField]:
    """The questions once more, with what was typed in those that were refused, and why."""
    return [
        _field(
            response,
            section,
            INPUTS[response.version.type].read(name_of(response), Layout(response.layout), sent),
            refused[response.position],
            practice.get(response.pk),
        )
        if response.position in refused
        else _field(response, section, _stored(response), practice=practice.get(response.pk))
        for response in responses
    ]


def _stored(response: Response) -> Entered:
    if response.answer is None:
        return {}
    version = response.version
    return INPUTS[version.type].entered(version.content, Layout(response.layout), response.answer)


def _field(
    response: Response, section: Section, entered: Entered, error: str = "", practice: Practice | None = None
) -> QuestionField:
    version = response.version
    controls = INPUTS[version.type].controls(name_of(response), version.content, Layout(response.layout), entered)
    return QuestionField(
        response=response,
        controls=controls,
        revision=response.revision,
        state=_("Not saved") if error else saved_words(response, section.zone),
        error=error,
        practice=practice,
    )


def read_preview(responses: Iterable[Response], sent: QueryDict) -> dict[int, str]:
    """Give the responses of a preview the answers that were sent; by position, why one cannot be taken."""
    refused = {}
    for response in responses:
        if is_sent(response, sent):
            try:
                response.answer = _read_answer(response, sent)
            except BadAnswer as bad:
                refused[response.position] = str(bad)
    return refused


def preview_fields(
    responses: Iterable[Response], sent: QueryDict | None = None, refused: Mapping[int, str] | None = None
) -> list[QuestionField]:
    """The questions as a student would see them, with what was typed; none of it is kept."""
    told = refused or {}
    fields = []
    for response in responses:
        version, name, layout = response.version, name_of(response), Layout(response.layout)
        entered = INPUTS[version.type].read(name, layout, sent) if sent is not None else {}
        controls = INPUTS[version.type].controls(name, version.content, layout, entered)
        fields.append(QuestionField(response, controls, revision=0, state="", error=told.get(response.position, "")))
    return fields
