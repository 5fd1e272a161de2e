"""Logs that hold ids, and never a name, an answer or a post."""

import logging
import traceback
from types import TracebackType

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Tells of an error its kind and its place, and not what it says: there a database quotes what somebody wrote."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have written the error down already, in full.
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - the name is the library's
        error = ei[1]
        parts: list[str] = []
        while error is not None:
            kind = type(error)
            parts.append("".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(reversed(parts))
