import pytest

from classroom.common.text import storable, visible_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("\u200b", ""),
        ("\u202eevil", "evil"),
        ("A\u0301da", "\u00c1da"),
        ("艾未未", "艾未未"),
        ("---", ""),
        ("Zoë\x00", "Zoë"),
    ],
)
def test_a_name_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert visible_name(typed) == kept


def test_halves_of_letters_and_nul_cannot_be_stored() -> None:
    assert storable("é艾🙂")
    assert not storable("\ud800")
    assert not storable("a\x00b")
