"""GIFT, Moodle's text format (docs.moodle.org, "GIFT format"; the tags and ids in comments came with Moodle 3.8)."""

from quizzes.interchange.gift.reading import read
from quizzes.interchange.gift.writing import write

__all__ = ["read", "write"]
