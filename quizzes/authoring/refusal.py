"""The one error of authoring."""


class Refused(ValueError):
    """A question that cannot be drafted, or an option that cannot stand; `reason` tells a teacher why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
