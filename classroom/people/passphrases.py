"""Passwords that a child can type: three common words and a digit.

Drawn from 64 words with ``secrets``: 64 ** 3 * 90 is about 23 million, behind a limit on failed sign-ins.
"""

import secrets

_WORDS = (
    "apple amber acorn banjo basket beacon birch bridge candle canoe castle cedar cherry clover comet copper coral "
    "cotton cricket dolphin drum ember falcon feather fern forest garden ginger guitar harbor hazel honey island "
    "ivory jigsaw kettle lantern lemon lilac maple marble meadow mellow mirror nutmeg ocean olive orchid paper pebble "
    "pepper piano planet pocket puzzle ribbon river saffron silver spruce tulip velvet walnut willow"
)
WORDS = _WORDS.split()


def suggest_passphrase() -> str:
    """Such as ``cedar-lantern-river-47``."""
    return "-".join([*(secrets.choice(WORDS) for _word in range(3)), str(secrets.randbelow(90) + 10)])
