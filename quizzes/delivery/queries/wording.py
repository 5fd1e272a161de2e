"""Answers with their questions in the newest wording (see ``bank.models.QuestionVersion``), for all that is shown."""

from collections.abc import Iterable

from quizzes.delivery.models import Response

# To be selected with responses that are shown; the second where keys and explanations are shown too.
WORDED = ("version__newest_wording",)
WORDED_WITH_KEYS = ("version__answer_key", "version__newest_wording__answer_key")


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
