"""Why a decision could not be made."""

from quizzes.marking.models import HandGrade, MarkingComment, Regrade


class StaleMarking(Exception):
    """Somebody else has marked the answer since this page was shown; ``stored`` is what they gave."""

    def __init__(self, stored: HandGrade | None) -> None:
        super().__init__()
        self.stored = stored


class StaleComment(Exception):
    """Somebody else has changed the comment since this page was shown; ``stored`` is what it is now."""

    def __init__(self, stored: MarkingComment) -> None:
        super().__init__()
        self.stored = stored


class StaleRegrade(Exception):
    """Somebody else has decided about the question since this page was shown; ``stored`` is what they decided."""

    def __init__(self, stored: Regrade | None) -> None:
        super().__init__()
        self.stored = stored


class NotAllowed(Exception):
    """What was asked for is not offered; ``reason`` is a sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
