"""The gallery shows every component there is, in both themes, and asks the database nothing."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from classroom.gallery.examples import parts
from tests import factories

pytestmark = pytest.mark.django_db
COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"


@pytest.fixture
def admin(as_user):  # type: ignore[no-untyped-def]
    return as_user(factories.make_user("Root", is_staff=True, is_superuser=True))


def test_no_component_is_missing() -> None:
    # Forms show the summary of errors themselves.
    assert {f"{part.name}.html" for part in parts()} | {"error_summary.html"} == {
        path.name for path in COMPONENTS.iterdir()
    }


def test_the_page_shows_each_in_its_states(admin) -> None:  # type: ignore[no-untyped-def]
    page = admin.get("/gallery/").content.decode()
    for part in parts():
        assert part.template in page
    assert page.count("error-summary") == 1
    assert page.count('role="img"') == 3
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    # It is looked at from its top.
    assert "autofocus" not in page


@pytest.mark.parametrize(("theme", "media"), [("dark", 'dark.css" media="screen"'), ("light", None)])
def test_a_theme_can_be_asked_for(admin, theme: str, media: str | None) -> None:  # type: ignore[no-untyped-def]
    page = admin.get(f"/gallery/?theme={theme}").content.decode()
    assert "dark.css" not in page if media is None else media in page
    assert "prefers-color-scheme" in admin.get("/gallery/?theme=pink").content.decode()
