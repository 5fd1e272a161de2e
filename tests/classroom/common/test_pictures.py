"""The parts that every picture is made of: text cannot act in them, and they bring no style and no id of their own."""

import pytest

from classroom.common.pictures import bar, dot, line, picture, shortened, swatch, words, words_upwards

EVIL = '</text><script>"&'


@pytest.mark.parametrize("part", [words((0, 1), EVIL), words_upwards((0, 1), EVIL)])
def test_what_anybody_typed_is_text(part: str) -> None:
    assert "<script" not in part
    assert "&lt;script&gt;&quot;&amp;" in part


def test_a_picture_says_what_it_is_and_brings_neither_style_nor_id() -> None:
    drawn = picture((100, 50.04), 'Who "said"', "The table says it.", [bar((0, 0), (9, 9)), dot((1, 2), 3)], "wide")

    assert drawn.startswith('<svg class="picture wide" width="100" height="50" viewBox="0 0 100 50" role="img" ')
    assert 'aria-label="Who &quot;said&quot;. The table says it."' in drawn
    assert "style=" not in drawn
    assert "id=" not in drawn.replace("width=", "")


def test_lengths_have_one_decimal_at_most() -> None:
    assert bar((1 / 3, 2), (10, 0.25)) == '<rect class="bar" x="0.3" y="2" width="10" height="0.2"/>'
    assert dot((1000000, 1), 2.0) == '<circle class="bar" cx="1000000" cy="1" r="2"/>'


def test_a_sign_of_the_key_is_silent() -> None:
    assert 'aria-hidden="true"' in swatch(line("M0 0h9"))


def test_a_long_name_is_cut_with_a_sign() -> None:
    assert shortened("lighthouse", 10) == "lighthouse"
    assert shortened("lighthouses", 10) == "lighthous…"
