import pytest

from config import cli


@pytest.mark.parametrize(
    ("command", "default", "settings"),
    [
        ("demo", "config.settings.development", "config.settings.demo"),
        ("test", "config.settings.development", "config.settings.testing"),
        ("migrate", "config.settings.development", "config.settings.development"),
        ("migrate", "config.settings.production", "config.settings.production"),
        ("demo", "config.settings.production", "config.settings.demo"),
    ],
)
def test_each_command_has_its_settings(
    monkeypatch: pytest.MonkeyPatch, command: str, default: str, settings: str
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)

    assert cli.settings_for(["manage.py", command], default=default) == settings


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "school.settings")

    assert cli.settings_for(["manage.py", "demo"], default="config.settings.development") == "school.settings"


def test_no_command_at_all_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)

    assert cli.settings_for(["manage.py"], default="config.settings.development") == "config.settings.development"


def test_all_the_tests_take_up_to_eight_cores_and_what_is_asked_for_goes_to_pytest_as_it_is() -> None:
    assert cli.for_pytest([]) == ["-n", "auto", "--maxprocesses", "8"]
    assert cli.for_pytest(["tests/config", "-x"]) == ["tests/config", "-x"]
