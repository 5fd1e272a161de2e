"""Answers with their questions in the newest wording (see ``bank.models.QuestionVersion``), for all that is shown."""

from collections.abc import Iterable

from quizzes.bank.translated import in_readers_language
from quizzes.delivery.models import Response

# To be selected with responses that are shown; the second where keys and explanations are shown too.
WORDED = ("version__newest_wording",)
WORDED_WITH_KEYS = ("version__answer_key", "version__newest_wording__answer_key")


def in_readers_words(responses: Iterable[Response]) -> list[Response]:
    """As ``in_newest_words``, in the language of who reads this page where the newest words have it: for pages."""
    found = in_newest_words(responses)
    version = Response._meta.get_field("version")
    for response in found:
        version.set_cached_value(response, in_readers_language(response.version))
    return found


def in_newest_words(responses: Iterable[Response]) -> list[Response]:
    """The same responses, each with its version as it is worded now; what is stored stays as it is.

    They come with ``WORDED`` selected. Ids and key of both wordings are equal, so stored answers can be read by either.
    """
    found = list(responses)
    version = Response._meta.get_field("version")
    for response in found:
        # Only what is read changes: ``version_id`` stays what was asked, by which rulings and keys are found.
        version.set_cached_value(response, response.version.worded)
    return found
