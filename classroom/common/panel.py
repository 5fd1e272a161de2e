"""The admin panel by what an admin comes for: shelves of lists, in plain words, instead of apps of models."""

from collections.abc import Iterable
from enum import Enum
from types import ModuleType
from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Shelf(Enum):
    """What an admin comes for, in the order of the panel's first page."""

    PEOPLE = "people"
    CLASSES = "classes"
    KIT = "kit"
    QUIZZES = "quizzes"
    TALK = "talk"
    RECORDS = "records"
    SITE = "site"


# A title, and a sentence about it.
WORDS: dict[Shelf, tuple[str | Promise, str | Promise]] = {
    Shelf.PEOPLE: (_("People"), _("Accounts, invitations of teachers, and who may do what in this panel.")),
    Shelf.CLASSES: (_("Classes and work"), _("Classes, who is in them, and what is set for them.")),
    Shelf.KIT: (_("Kits and the ledger"), _("Films, sources, facts and lessons, as their kits say.")),
    Shelf.QUIZZES: (_("Quizzes"), _("Questions and their versions, quizzes, and how texts are marked.")),
    Shelf.TALK: (
        _("Discussions"),
        _("Threads and posts, and what moderators decided. Sealed names are not shown."),
    ),
    Shelf.RECORDS: (_("Records"), _("Answers, grades and what happened when. They are kept as they were.")),
    Shelf.SITE: (_("The site itself"), _("Background tasks and signs of life.")),
}

_by_module: dict[str, Shelf] = {}


def put(shelf: Shelf, *rooms: ModuleType) -> None:
    """Put the lists of these rooms' admin modules on a shelf, save those that name one of their own (``shelf``)."""
    _by_module.update({room.__name__: shelf for room in rooms})


def shelf_of(page: "admin.ModelAdmin[Any]") -> Shelf:
    own: Shelf | None = getattr(page, "shelf", None)
    return own or _by_module.get(type(page).__module__, Shelf.RECORDS)


class Panel(admin.AdminSite):
    """Django's panel with our shelves. Nothing can be deleted in bulk: what may go, goes one by one."""

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The shelves with the lists that this person may see; for one app's own page, that app as Django has it."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        lists = [each for app in apps for each in app["models"]]
        return [shown for shelf in Shelf if (shown := self._shown(shelf, lists))["models"]]

    def _shown(self, shelf: Shelf, lists: Iterable[Any]) -> dict[str, Any]:
        """A shelf in the words of Django's templates, for which it stands where an app stands."""
        mine = [each for each in lists if shelf_of(self._registry[each["model"]]) is shelf]
        for each in mine:
            each["name"] = getattr(self._registry[each["model"]], "called", None) or each["name"]
        title, about = WORDS[shelf]
        return {
            "name": title,
            "about": about,
            "app_label": shelf.value,
            "app_url": "",
            "has_module_perms": True,
            "models": sorted(mine, key=lambda each: str(each["name"]).lower()),
        }


class PanelConfig(AdminConfig):
    default_site = "classroom.common.panel.Panel"
