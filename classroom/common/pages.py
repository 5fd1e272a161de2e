"""Long lists in pages of a fixed size, with addresses that keep what was searched for."""

from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class PageLinks:
    """Which page this is, and the query strings of its neighbours (empty at either end)."""

    number: int
    of: int
    total: int
    previous: str
    following: str

    @property
    def words(self) -> str:
        return _("Page %(number)s of %(of)s") % {"number": self.number, "of": self.of}


def page_of(
    rows: QuerySet[Row], query: QueryDict, *, size: int, total: int | None = None
) -> tuple[list[Row], PageLinks]:
    """The rows of the page that ``query`` names in ``page``; the nearest one where it names none that is there.

    ``total`` is how many rows there are, where that is known: else they are counted.
    """
    paginator = Paginator(rows, size)
    if total is not None:
        paginator.count = total
    page = paginator.get_page(query.get("page"))
    links = PageLinks(
        number=page.number,
        of=page.paginator.num_pages,
        total=page.paginator.count,
        previous=_query(query, page.number - 1) if page.has_previous() else "",
        following=_query(query, page.number + 1) if page.has_next() else "",
    )
    return list(page.object_list), links


def _query(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
