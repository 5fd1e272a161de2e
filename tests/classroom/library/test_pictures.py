"""The ledger as pictures: what a date, a dispute and a lesson's facts look like, and the words that say the same."""

import re
from datetime import date

import pytest

from classroom.library.models import Citation, Conflict, Fact, Reading
from classroom.library.pictures import DatedSign, FactSign, readings_picture, standings_picture, timeline_picture
from tests import factories


def sign(number: int, first: date, last: date | None = None, *, is_period: bool = False) -> DatedSign:
    return DatedSign(number, first, last or first, is_period, "single-source")


def test_a_date_is_drawn_as_wide_as_it_is_vague() -> None:
    drawn = timeline_picture(
        [
            sign(1, date(2011, 1, 1), date(2011, 12, 31)),
            sign(2, date(2011, 6, 1), date(2011, 6, 30)),
            sign(3, date(2011, 4, 3)),
            sign(4, date(2011, 1, 1), date(2012, 12, 31), is_period=True),
        ]
    )

    bars = re.findall(
        r'<rect class="sign single-source(?: vague)?" x=".*?" y=".*?" width="(.*?)" height="(.*?)"', drawn
    )
    year, month, period = ((float(width), float(height)) for width, height in bars)
    assert year[0] == pytest.approx(12 * month[0], rel=0.1)
    assert period[0] == pytest.approx(2 * year[0], rel=0.01)
    assert period[1] < year[1]
    assert drawn.count("<circle") == 1


def test_no_two_dates_cover_each_other() -> None:
    drawn = timeline_picture([sign(number, date(2011, 5, 1)) for number in range(1, 5)])

    assert len(set(re.findall(r'<circle .*? cy="(.*?)"', drawn))) == 4


def test_the_axis_is_cut_where_years_are_left_out() -> None:
    near = timeline_picture([sign(1, date(2011, 1, 1)), sign(2, date(2012, 1, 1))])
    far = timeline_picture([sign(1, date(1983, 1, 1)), sign(2, date(2012, 1, 1))])

    assert far.count("<path") == near.count("<path") + 1
    assert ">1983<" in far
    assert ">1984<" not in far


def test_the_last_number_stands_within_the_picture() -> None:
    drawn = timeline_picture([sign(1, date(2011, 1, 1)), sign(99, date(2012, 12, 31))])

    width = float(re.findall(r'viewBox="0 0 (\S+)', drawn)[0])
    assert max(float(x) for x in re.findall(r'<text class="small" x="(.*?)"', drawn)) < width - 12


def test_without_dates_there_is_no_picture() -> None:
    assert timeline_picture([]) == ""
    assert standings_picture([]) == ""


def test_a_dot_stands_where_a_source_says_so() -> None:
    drawn = readings_picture(["A", "B"], [("Harbour News", [2, 0]), ("Gull Post", [1, 1])])

    assert drawn.count("<circle") == 3
    assert drawn.count("<path") == 2 + 1
    # One reading alone is nothing to compare.
    assert readings_picture(["A"], [("Harbour News", [1])]) == ""


def test_a_source_that_contradicts_has_another_sign() -> None:
    drawn = standings_picture(
        [
            FactSign(1, Fact.Standing.DISPUTED, {"Harbour News": False, "Gull Post": True}),
            FactSign(2, Fact.Standing.CORROBORATED, {"Harbour News": False, "Gull Post": False}),
        ]
    )

    assert drawn.count("<circle") == 3
    assert drawn.count('class="cross"') == 1
    # What is agreed on comes first, whatever its number.
    assert re.findall(r'<text class="middle".*?>(\d)<', drawn) == ["2", "1"]


@pytest.mark.django_db
def test_the_timelines_numbers_are_those_of_its_list(as_user, alice) -> None:  # type: ignore[no-untyped-def]
    film = factories.make_film()
    for year in ("1983", "2011"):
        factories.make_fact(film, value_type="date", value=year, unit="")
    factories.make_fact(film, value_type="date", value="--07-27", unit="")

    page = as_user(alice).get(f"/films/{film.key}/timeline/").content.decode()

    drawn, listed = page.partition("</svg>")[::2]
    assert re.findall(r'<text class="small".*?>(\d)<', drawn) == ["1", "2"]
    assert re.findall(r'class="fact-number">(\d)<', listed) == ["1", "2", "3"]


@pytest.mark.django_db
def test_a_dispute_shows_who_says_what_above_its_table(as_user, alice) -> None:  # type: ignore[no-untyped-def]
    film = factories.make_film()
    sources = [factories.make_source(film, key) for key in ("harbour-news", "gull-post")]
    conflict = Conflict.objects.create(film=film, key="lamp", title="Who kept it?", position=1)
    for position, source in enumerate(sources, 1):
        reading = Reading.objects.create(conflict=conflict, position=position, says=f"Reading {position}")
        reading.passages.add(source.passages.first())

    page = as_user(alice).get(f"/films/{film.key}/conflicts/lamp/").content.decode()

    drawn = page.partition('<svg class="picture"')[2].partition("</svg>")[0]
    assert 'aria-label="Who says what. ' in drawn
    assert drawn.count("<circle") == 2
    assert page.index("</svg>") < page.index("conflict-table")


@pytest.mark.django_db
def test_a_lessons_plan_maps_its_facts_with_a_list_beside(as_user, teacher) -> None:  # type: ignore[no-untyped-def]
    film = factories.make_film()
    fact = factories.make_fact(film)
    lesson = factories.make_lesson(film)
    step = lesson.steps.first()
    step.body_html = f'<p>Text <a class="fact-chip" href="#fact-{fact.key}">1</a></p>'
    step.save()

    shown = as_user(teacher).get(f"/lessons/{lesson.pk}/plan/").content.decode()

    assert 'aria-label="The facts of this lesson and their standing. ' in shown
    listed = shown.partition('<dl class="standings">')[2].partition("</dl>")[0]
    assert f'href="#fact-{fact.key}"' in listed
    assert str(Fact.Standing(fact.standing).label) in listed
    assert str(Citation.Stance.CONTRADICTS.label) in shown
