"""The site closed for a moment: every page says so, and nothing else of the site is needed for that."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from classroom.operations import maintenance


@pytest.fixture(autouse=True)
def flag(tmp_path: Path, settings: object) -> Path:
    """The file, in a folder that is not there yet."""
    settings.MAINTENANCE_FILE = tmp_path / "data" / "maintenance"  # type: ignore[attr-defined]
    return settings.MAINTENANCE_FILE  # type: ignore[attr-defined]


def command(*arguments: str) -> str:
    told = StringIO()
    call_command("maintenance", *arguments, stdout=told)
    return told.getvalue().strip()


def test_no_page_asks_the_database_while_the_site_is_closed() -> None:
    # Without the database's mark, pytest refuses any query.
    command("on", "--minutes", "7")
    for path in ("/", "/home/", "/admin/", "/assignments/1/quiz/", "/no/such/page/"):
        reply = Client().get(path)
        assert reply.status_code == 503
        assert 6 * 60 < int(reply["Retry-After"]) <= 7 * 60
        assert reply["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in reply
        assert "Try again in 7 minutes." in reply.content.decode()
        assert "What was shown to you as saved is kept." in reply.content.decode()


def test_what_is_sent_meanwhile_is_not_taken() -> None:
    command("on")
    assert Client().post("/join/", {"code": "x"}).status_code == 503


def test_a_monitor_is_told() -> None:
    command("on")
    reply = Client().get("/healthz")
    assert (reply.status_code, reply.json()) == (503, {"status": "maintenance"})
    assert "Retry-After" in reply


@pytest.mark.django_db  # closing the reply looks at the connection
def test_static_files_are_served() -> None:
    command("on")
    reply = Client().get("/static/classroom/app.css")
    assert reply.status_code == 200
    reply.close()


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_it_speaks_the_browsers_language(language: str) -> None:
    command("on")
    reply = Client(headers={"Accept-Language": language}).get("/")
    assert reply["Content-Language"] == language
    assert f'<html lang="{language}">' in reply.content.decode()


@pytest.mark.django_db
def test_it_opens_again() -> None:
    assert command("status") == "open"
    command("on", "--minutes", "30")
    assert command("status").startswith("closed until about 20")
    assert command("off") == "The site is open again."
    assert command("off") == "The site was open."
    assert Client().get("/").status_code == 200


def test_once_the_time_is_over_it_stays_closed_until_somebody_opens_it() -> None:
    maintenance.close(until=datetime.now(UTC) - timedelta(hours=1))
    assert "Try again in 2 minutes." in Client().get("/").content.decode()


@pytest.mark.parametrize("written", ["", "back at noon", "2100-01-01T00:00:00"])
def test_a_file_made_by_hand_closes_the_site(flag: Path, written: str) -> None:
    flag.parent.mkdir()
    flag.write_text(written)
    assert Client().get("/").status_code == 503


def test_a_number_of_minutes_that_makes_no_sense_is_refused(flag: Path) -> None:
    with pytest.raises(CommandError, match="minutes"):
        command("on", "--minutes", "0")
    assert not flag.exists()
