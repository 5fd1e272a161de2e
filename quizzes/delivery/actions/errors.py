"""Why something could not be done with an attempt."""

from quizzes.delivery.models import Response


class StartRefused(Exception):
    """The quiz cannot be started now; ``reason`` is a sentence for the student."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Closed(Exception):
    """The attempt is handed in, or its time is over."""


class Passed(Exception):
    """The question is not the one that a forward-only attempt has come to."""


class Settled(Exception):
    """The right answer to the question has been shown, so the answer changes no more."""


class NotNow(Exception):
    """What was asked for is not offered: a check outside practice, a hint that there is not."""


class Stale(Exception):
    """The answer was changed elsewhere since this page was shown; ``stored`` is what is kept."""

    def __init__(self, stored: Response) -> None:
        super().__init__()
        self.stored = stored
