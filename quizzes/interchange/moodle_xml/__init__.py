"""Moodle's XML format for questions (docs.moodle.org, "Moodle XML format"), as Moodle 3.8 to 5 writes it."""

from quizzes.interchange.moodle_xml.reading import read
from quizzes.interchange.moodle_xml.writing import write

__all__ = ["read", "write"]
