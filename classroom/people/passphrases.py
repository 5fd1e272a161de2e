"""Passwords that a child can type: three common words and a digit.

Made of 64 words from bytes of ``secrets``, or of a secret that is as long: 64 ** 3 * 90 is about 23 million, behind a
limit on failed sign-ins.
"""

import hashlib
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
    return passphrase_from(secrets.token_bytes(32))


def passphrase_from(secret: bytes) -> str:
    """The one passphrase that these bytes give. Whoever does not know them cannot tell it from a drawn one."""
    number = int.from_bytes(hashlib.sha256(secret).digest())
    words = []
    for _word in range(3):
        number, place = divmod(number, len(WORDS))
        words.append(WORDS[place])
    return "-".join([*words, str(number % 90 + 10)])
