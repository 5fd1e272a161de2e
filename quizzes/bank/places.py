"""What stands at a place of a quiz, before it is stored."""

from dataclasses import dataclass
from decimal import Decimal

from classroom.lessons.models import Lesson
from classroom.library.models import Topic
from quizzes.bank.models import Quiz, QuizDraw, QuizItem


@dataclass(frozen=True)
class Fixed:
    """A question; ``points`` None for its own."""

    question_id: int
    points: Decimal | None = None

    def at(self, quiz: Quiz, position: int) -> QuizItem:
        return QuizItem(quiz=quiz, question_id=self.question_id, position=position, points=self.points)


_ASKED = ("count", "type", "topic", "lesson", "difficulty", "standard", "tag")


@dataclass(frozen=True)
class Drawn:
    """A random draw; ``points`` None for each question's own."""

    count: int
    type: str = ""
    topic: Topic | None = None
    lesson: Lesson | None = None
    difficulty: str = ""
    standard: str = ""
    tag: str = ""
    points: Decimal | None = None

    @classmethod
    def of(cls, draw: QuizDraw, points: Decimal | None) -> "Drawn":
        """A stored draw, with other points. It comes with its topic and lesson."""
        named = {name: getattr(draw, name) for name in _ASKED}
        return cls(**named, points=points)

    def at(self, quiz: Quiz, position: int) -> QuizDraw:
        return QuizDraw(quiz=quiz, position=position, **vars(self))


Entry = Fixed | Drawn
