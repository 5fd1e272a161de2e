"""What the screening keeps about people: who put a word on a list."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import Table, by_staff, impersonal, nothing
from classroom.screening.models import FilmWords, WatchedWord

TABLES = [
    Table(
        WatchedWord,
        _("Watched words"),
        {**nothing("id", "section", "word", "action", "added_at"), "added_by": by_staff("Who put it on the list.")},
    ),
    impersonal(FilmWords, _("Words of films"), "id", "film", "kit_version", "words", "names"),
]
