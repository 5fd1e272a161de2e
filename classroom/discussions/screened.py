"""What becomes of a post after it was looked through: it is refused, waits, or appears."""

import re
from collections.abc import Iterable, Sequence

from classroom.common.markdown import render_post
from classroom.discussions.models import Guideline, Post, Prompt, Thread, settings_of
from classroom.discussions.queries import Place, policy_of
from classroom.library.models import Film
from classroom.people.models import User
from classroom.screening import actions as screening
from classroom.screening.matching import CONCERNS, PRIVATE, Action, Kind, Match
from classroom.screening.models import FilmWords
from classroom.screening.queries import rules_for, texts_of

_LETTER = re.compile(r"\S")


def look_through(place: Place, body: str) -> list[Match]:
    """What a person should see in a student's text; nothing in a teacher's."""
    return [] if place.for_staff else found_in(place.thread, body)


def found_in(thread: Thread, text: str) -> list[Match]:
    """The same of any text of a student's that belongs to a thread."""
    return rules_for(thread.assignment.section_id, _words_of(thread.prompt.film)).matches(text)


def _words_of(film: Film) -> FilmWords:
    kept = FilmWords.objects.filter(film=film, kit_version=film.kit_version).first()
    return kept or screening.learn(film=film, texts=[*texts_of(film), *_talk_of(film)])


def _talk_of(film: Film) -> Iterable[str]:
    yield from Prompt.objects.filter(film=film).values_list("text", flat=True)
    yield from Guideline.objects.filter(film=film).values_list("text", flat=True)


def is_blocked(matches: Iterable[Match]) -> bool:
    return any(match.action == Action.BLOCK for match in matches)


def blocked_words(body: str, matches: Iterable[Match]) -> list[str]:
    """The words for which a text is refused, each once, as they were typed."""
    found = (body[match.start : match.end] for match in matches if match.action == Action.BLOCK)
    return list(dict.fromkeys(found))


def state_of(place: Place, author: User, matches: Sequence[Match]) -> Post.State:
    """Whether a new text waits for a teacher.

    Personal data and words of despair or threat wait under every policy: no classmate reads them unseen by an adult.
    """
    if place.for_staff:
        return Post.State.PUBLISHED
    policy = policy_of(place)
    if policy == Thread.Policy.HOLD_ALL or any(match.kind in PRIVATE | CONCERNS for match in matches):
        return Post.State.HELD
    if policy != Thread.Policy.REVIEW_AFTER and any(match.action == Action.HOLD for match in matches):
        return Post.State.HELD
    if policy == Thread.Policy.HOLD_FIRST:
        section = place.thread.assignment.section
        before = Post.objects.filter(
            thread__assignment__section=section, author=author, state=Post.State.PUBLISHED
        ).count()
        if before < settings_of(section).first_posts:
            return Post.State.HELD
    return Post.State.PUBLISHED


def needs_a_look(matches: Iterable[Match]) -> bool:
    """Whether a teacher should see a post that the class can read already."""
    return any(match.action in (Action.FLAG, Action.HOLD) for match in matches)


def html_of(body: str, matches: Sequence[Match]) -> str:
    """The text as the class reads it, as HTML."""
    return render_post(text_of(body, matches))


def text_of(body: str, matches: Sequence[Match]) -> str:
    """The text as the class reads it: with stars for words that are censored."""
    shown = body
    for match in matches:
        if match.action == Action.CENSOR and match.kind == Kind.WORD:
            shown = shown[: match.start] + _LETTER.sub("＊", shown[match.start : match.end]) + shown[match.end :]
    return shown
