"""A decision is found by its number, so no two have the same."""

from django.conf import settings


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    records = sorted((settings.BASE_DIR / "docs" / "decisions").glob("*.md"))
    numbers = [int(each.name[:4]) for each in records]
    assert numbers == list(range(1, len(records) + 1))
    for number, each in zip(numbers, records, strict=True):
        assert each.read_text().startswith(f"# {number}. "), each.name
