"""Who of the school has looked at whose record: one line in the log for each page, written before it is shown.

By what a view declares, not by a call in each of them: a page for which one needs the right to see or mark students'
answers or to see scores is a read of a record, and so are the admin panel's pages of what hangs on a person.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from classroom.audit import actions as audit
from classroom.common import clock, data_inventory
from classroom.common.data_inventory import Erase
from classroom.people.access import rule_of
from classroom.people.permissions import Permission

RECORDS = frozenset(
    {Permission.RESPONSES_SEE, Permission.ANSWERS_GRADE, Permission.GRADES_SEE, Permission.GRADES_CHANGE}
)
# What an address is about, by the first of these that it holds; higher rooms register theirs.
SUBJECTS = {
    "student_id": "classroom.user",
    "assignment_id": "classroom.assignment",
    "section_id": "classroom.section",
}


def register_subject(name: str, kind: str) -> None:
    """Let addresses that hold ``name`` be reads of the record of a ``kind``, "app.model" as the log names it."""
    SUBJECTS[name] = kind


class RecordReadsMiddleware:
    """A page with a list is one line about its class or its assignment, not one for each student."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 200 and request.method == "GET" and match is not None:
            subject = _of_a_record(match) or _of_the_panel(match)
            if subject is not None and request.user.is_authenticated:
                audit.record_read(by=request.user, of=subject, page=match.view_name, at=clock.now())
        return response


def _of_a_record(match: ResolverMatch) -> tuple[str, int] | None:
    """What a page of ours shows the record of, as the log names it; None where it shows none."""
    rule = rule_of(match.func)
    if rule is None or rule.needs not in RECORDS:
        return None
    named = (
        (kind, int(match.kwargs[name])) for name, kind in SUBJECTS.items() if str(match.kwargs.get(name, "")).isdigit()
    )
    return next(named, ("classroom.section", 0))


def _of_the_panel(match: ResolverMatch) -> tuple[str, int] | None:
    if "admin" not in match.app_names:
        return None
    kind = _personal_pages().get(match.url_name or "")
    found = str(match.kwargs.get("object_id", ""))
    return None if kind is None else (kind, int(found) if found.isdigit() else 0)


@cache
def _personal_pages() -> dict[str, str]:
    """The names of the panel's lists and pages of rows that belong to somebody."""
    return {
        f"{table.model._meta.app_label}_{table.model._meta.model_name}_{page}": table.model._meta.label_lower
        for table in data_inventory.personal_tables()
        if table.whose and table.erase is not Erase.KEEP
        for page in ("changelist", "change")
    }
