"""Questions in their reader's language: the same version, to be shown, with other texts and the same ids and key.

A translation belongs to one version, since it says what that version says; a rewording has none until its kit brings
one. Answers are graded by ids and by the key, so what is shown here earns what the original earns.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.utils.translation import get_language

from classroom.common.translated import Told, Translations, told
from quizzes.bank.models import AnswerKey, QuestionVersion
from quizzes.grading import Json, objection, texts_of, with_texts
from quizzes.grading.feedback import MARKS


def in_readers_language(version: QuestionVersion) -> QuestionVersion:
    """The version as who reads this page reads it; never to be saved. With its key where that has been fetched.

    Texts that are not translated know what language they are in. Asks the database nothing.
    """
    if version.language in ("", get_language()):
        return version
    said, shown = told(version.translations, version.language), copy(version)
    shown.stem = said.text("stem", version.stem)
    places = {place: said.text(place, text) for place, text in texts_of(version.content).items()}
    shown.content = with_texts(version.content, places)
    if QuestionVersion.answer_key.is_cached(version):
        shown.answer_key = key_in_readers_language(version.answer_key, version.language)
    return shown


def key_in_readers_language(key: AnswerKey, language: str) -> AnswerKey:
    """What is told with the key of a version whose texts are in ``language``; the key itself has no language."""
    if language in ("", get_language()):
        return key
    said, shown = told(key.translations, language), copy(key)
    shown.explanation = said.text("explanation", key.explanation)
    shown.hints = said.texts_in("hints", key.hints)
    shown.feedback = _feedback(said, key.feedback)
    return shown


def _feedback(said: Told, feedback: Json) -> dict[str, Any]:
    made: dict[str, Any] = {mark: said.text(mark, str(feedback[mark])) for mark in MARKS if mark in feedback}
    answers = feedback.get("answers", [])
    if isinstance(answers, list) and answers:
        made["answers"] = [{**each, "text": said.text(f"answers.{each['to']}", each["text"])} for each in answers]
    return made


def objection_to(question_type: str, content: Json, key: Json, translations: Translations) -> str:
    """Why a translation would not be graded as its original is; "" where all would."""
    for entry in translations.values():
        if reason := objection(question_type, (content, key), (with_texts(content, entry["texts"]), key)):
            return reason
    return ""


def parted(translations: Translations) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is asked and what is told with the key, which stands apart from it; each by language."""
    asked = {language: {"of": entry["of"], "texts": entry["texts"]} for language, entry in translations.items()}
    told_with = {language: {"of": entry["of"], "texts": entry["told"]} for language, entry in translations.items()}
    return asked, told_with


def together(asked: Translations, told_with: Mapping[str, Any]) -> dict[str, Any]:
    """The translations of a version, put together again."""
    return {language: {**entry, "told": told_with[language]["texts"]} for language, entry in asked.items()}
