"""How the database is reached."""

from pathlib import Path

import pytest

from config.settings.base import database


def options(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, object]:
    monkeypatch.setenv("DATABASE_URL", url)
    return database(Path("unused"))["default"]["OPTIONS"]  # type: ignore[return-value]


def test_what_the_address_of_a_postgresql_asks_for_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://lights:up@db.example/lights?sslmode=require&options=-c%20search_path%3Dschool"
    found = options(monkeypatch, url)
    assert found["sslmode"] == "require"
    assert found["options"] == "-c jit=off -c search_path=school"
    assert found["pool"]


def test_postgresql_compiles_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    assert options(monkeypatch, "postgresql://lights:up@db.example/lights")["options"] == "-c jit=off"
