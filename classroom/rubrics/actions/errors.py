"""Why a rubric or a mark is not saved."""

from classroom.rubrics.models import Assessment, RubricVersion


class StaleRubric(Exception):
    """Somebody else has changed the rubric since this page was shown; ``stored`` is what it says now."""

    def __init__(self, stored: RubricVersion | None) -> None:
        super().__init__()
        self.stored = stored


class StaleMarking(Exception):
    """Somebody else has graded the student, or changed the rubric, since this page was shown; ``stored`` is what they
    gave.
    """

    def __init__(self, stored: Assessment | None) -> None:
        super().__init__()
        self.stored = stored


class Final(Exception):
    """The marks of sealed names are in the gradebook: whatever changed now would tell whose it is."""


class NotReady(Exception):
    """Somebody can still write, or somebody who wrote is not graded: all marks go into the gradebook at once."""


class GradedAlready(Exception):
    """Somebody was graded by the rubric, so it stays."""
