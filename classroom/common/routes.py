"""Addresses in groups by their first part, so that one is not tried against hundreds of others.

Django tries the patterns of an address one after the other, and 250 of them cost as much as two queries. All that
begin with the same word are put below it: what begins with another is told by one look at the group.
"""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path


def grouped(patterns: Sequence[URLPattern]) -> list[URLPattern | URLResolver]:
    """The same addresses by the same names; each group stands where the first of its own stood.

    Which pattern an address finds does not change: what begins with another word never matches it.
    """
    groups: dict[str, list[URLPattern]] = {}
    for pattern in patterns:
        groups.setdefault(_first_part(pattern), []).append(pattern)
    found: list[URLPattern | URLResolver] = []
    for first, own in groups.items():
        if first and len(own) > 1:
            found.append(path(first, include([_below(first, each) for each in own])))
        else:
            found += own
    return found


def _first_part(pattern: URLPattern) -> str:
    """The word before the first slash, with it; empty where the address does not begin with a word and a slash."""
    first, slash, _rest = str(pattern.pattern).partition("/")
    return f"{first}/" if slash and "<" not in first else ""


def _below(first: str, pattern: URLPattern) -> URLPattern:
    rest = str(pattern.pattern).removeprefix(first)
    return path(rest, pattern.callback, pattern.default_args, pattern.name)
