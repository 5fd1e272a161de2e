"""What the worker's jobs and tasks are called on pages: plain words, where their room has given some."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Jobs that only the worker's own process registers; pages are shown by others.
_words: dict[str, str | Promise] = {
    "classroom.operations.worker.reap_stalled_tasks": _("Try tasks again that a stopped worker left"),
    "classroom.operations.worker.prune_finished_tasks": _("Clear away finished tasks"),
    "classroom.operations.worker.forget_what_jobs_kept": _("Forget what login cards were shown from"),
}


def register(named: Mapping[str, str | Promise]) -> None:
    """Give jobs and tasks their words, by the path of their function."""
    _words.update(named)


def words_for(path: str) -> str:
    """A job or a task in words; one that has none is called by its path, so that it can still be looked for."""
    return str(_words.get(path, path))
