"""The moderators' queue, and who is at which post of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.pages import page_of
from classroom.discussions.models import Decision
from classroom.moderation import actions, queries, wording
from classroom.moderation.lately_page import lately_rows
from classroom.moderation.queue_page import QueueRow, queue_rows
from classroom.moderation.views.common import back_to
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import User
from classroom.people.permissions import Permission

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

QUEUE_ON_A_PAGE = 50


@allow(Level.SIGNED_IN, needs=Permission.POST_MODERATE)
def moderation(request: SignedInRequest) -> HttpResponse:
    """Posts that wait in all classes where this person moderates; ``?class=`` and ``?kind=`` narrow it down."""
    classes = queries.waiting_by_class(request.user)
    # A teacher without a class yet finds the page empty: the link to it stands on all their pages.
    if not classes and not queries.may_moderate(request.user):
        raise Http404
    at = clock.now()
    asked = queries.Asked.from_query(request.GET)
    of_class = [each for each in classes if asked.section in (None, each.section_id)]
    total = sum(each.by_kind[asked.kind] if asked.kind else each.total for each in of_class)
    posts, links = page_of(queries.waiting_posts(request.user, asked), request.GET, size=QUEUE_ON_A_PAGE, total=total)
    rows = _rows(posts, request.user, at)
    page = {
        "rows": rows,
        # Each appeal has an answer of its own, and nobody decides on what was said to the teachers alone.
        "may_tick": any(row.appeal is None and not row.is_private for row in rows),
        "links": links,
        "back": asked.query,
        "classes": [(each.section_id, each.name, each.total, each.section_id == asked.section) for each in classes],
        "kinds": [
            (kind.value, kind.label, sum(each.by_kind[kind] for each in of_class), kind == asked.kind)
            for kind in queries.KindOfWait
        ],
        "asked": asked,
        "lately": lately_rows(queries.decided_lately(request.user, at), request.user, at),
        "kept": Decision.Kind.KEPT,
        "trail": [(reverse("classroom:home"), _("Home")), ("", _("Posts to approve"))],
    }
    return TemplateResponse(request, "classroom/moderation/queue.html", page)


def _rows(posts: "Sequence[NamedPost]", user: User, at: datetime) -> list[QueueRow]:
    appealed = [post for post in posts if getattr(post, "appealed_at", None)]
    appeals = queries.appeals_on(user, appealed)
    return queue_rows(posts, queries.history_of(posts), queries.reports_on(posts), appeals, user, at)


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def post_claim(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Say that one is at a post, or, with ``release``, that one is no longer."""
    post = queries.get_post_to_moderate(request.user, post_id)
    at = clock.now()
    if "release" in request.POST:
        actions.release_post(post=post, by=request.user)
        messages.success(request, _("The post is left to the others again."))
    else:
        try:
            actions.claim_post(post=post, by=request.user, at=at)
        except actions.TakenBy as taken:
            messages.warning(request, wording.taken_by(taken.claim))
        else:
            messages.success(request, wording.claimed())
    return redirect(f"{back_to(post, request.POST.get('back', ''))}#post-{post.pk}")
