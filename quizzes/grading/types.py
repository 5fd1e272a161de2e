"""What every question type does."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from quizzes.grading.results import Result
from quizzes.grading.shapes import BadQuestion, Json, Labels

Answer = dict[str, Any]


class QuestionType(ABC):
    """The rules of one question type. Stateless: a question is its content and its key, both JSON.

    Content may be shown to a student before they answer and holds nothing of the key. Methods raise `BadQuestion` for
    a content or key that is not of the type's shape, and `BadAnswer` for an answer that is not.
    """

    by_hand: ClassVar[bool] = False
    """Whether a person has to read the answers, so that every one given is `pending` when it is graded."""

    @abstractmethod
    def validate(self, content: Json, key: Json) -> None:
        """Raises `BadQuestion` unless content and key are of the type's shape and fit one another."""

    @abstractmethod
    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The answer as it is stored, None where nothing was answered; `BadAnswer` for what no page would send."""

    @abstractmethod
    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """What a cleaned answer is worth. No answer is worth nothing."""

    def unreadable(self, content: Json, answer: Json) -> bool:
        """Whether a cleaned answer is kept but cannot be read as what is asked for: never, where one only chooses."""
        return False

    @abstractmethod
    def answer_text(self, content: Json, answer: Json) -> str:
        """A cleaned answer in words, for result pages and reports."""

    @abstractmethod
    def key_text(self, content: Json, key: Json) -> str:
        """The right answer in words."""

    # What is said to single answers: see `quizzes.grading.feedback`. A tie is what a piece of feedback is tied to.

    def tie_words(self, content: Json, tie: str) -> str:
        """What a tie stands for in words; `BadQuestion` for one that no answer of this question can meet."""
        raise BadQuestion("Answers of this type are not answered one by one.")

    def tie_of(self, content: Json, words: str) -> str:
        """The tie that these words name, as a teacher types them; `BadQuestion` where there is none."""
        self.tie_words(content, words)
        return words

    def tie_group(self, tie: str) -> str:
        """Of several ties in one group the first that an answer meets counts alone."""
        return tie

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether a cleaned answer is one of those that feedback is tied to."""
        return False


def named(labels: Labels, words: str) -> str:
    """The id of the label that reads so, whatever its case and spaces; `BadQuestion` where none does."""
    wanted = _folded(words)
    found = [each for each, text in labels.items() if _folded(text) == wanted]
    if not found:
        raise BadQuestion(f"“{words}” is not among what can be answered.")
    return found[0]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
