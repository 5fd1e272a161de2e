"""Why the site has given or changed a score, for its history: whatever graded knows it, the gradebook does not."""

from collections.abc import Callable, Collection, Mapping

# The part of a source before its first colon says what graded: "attempt" of "attempt:12".
Ask = Callable[[Collection[str]], Mapping[str, str]]
_asks: dict[str, Ask] = {}


def register(prefix: str, ask: Ask) -> None:
    """Let a room say why; ``ask`` answers by source, in a fixed number of queries, for those that begin so."""
    _asks[prefix] = ask


def of(sources: Collection[str]) -> dict[str, str]:
    """In words, by the source of an event; those without a reason are left out."""
    found: dict[str, str] = {}
    for prefix, ask in _asks.items():
        own = [each for each in sources if each.partition(":")[0] == prefix]
        if own:
            found |= ask(own)
    return found
