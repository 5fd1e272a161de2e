"""What somebody sends after their session has ended: kept in the page that asks to sign in again, and nowhere else.

Tablets go from hand to hand. So the page is shown only where this browser's session tells who was signed in before, and
what it carries is signed together with who that was: for anybody else who signs in there, it is dropped.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from classroom.common.text import in_sentences
from classroom.people.models import User
from classroom.people.signin import SignInAgainForm

# In a session that nobody is signed in with: whose session ended before they had signed out.
LEFT = "left_by"
# In the form of the page.
KEPT = "kept"
_SALT = "classroom.people.resending"
_NEVER = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Kept:
    """What was sent: by whom (a user's id), to which path, and its fields in their order, each a name and a value."""

    who: int
    to: str
    fields: Sequence[tuple[str, str]]

    def sealed(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @property
    def texts(self) -> list[str]:
        return in_sentences(self.fields)


def opened(sealed: str) -> Kept | None:
    """What a page of ours carried; None where it was not made here."""
    try:
        found = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None
    return Kept(found["who"], found["to"], [(name, value) for name, value in found["fields"]])


def keep(request: HttpRequest) -> HttpResponse | None:
    """The page that asks to sign in again and keeps what was sent; None where nothing is to be kept.

    Only after the CSRF check: what another site sends in somebody's name is never carried over a sign-in. And only for
    a page that a person sees: scripts keep what they send themselves.
    """
    is_for_eyes = "text/html" in request.headers.get("Accept", "")
    if request.method != "POST" or not is_for_eyes or request.FILES:
        return None
    who = request.session.get(LEFT)
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values if name not in _NEVER]
    if who is None or not fields or any("password" in name for name, _value in fields):
        return None
    kept = Kept(int(who), request.get_full_path(), fields)
    writer = User.objects.filter(pk=kept.who).first()
    # A second factor is asked for on a page of its own, which carries nothing.
    page = {
        "form": SignInAgainForm(request=request),
        "kept": kept,
        "is_to_copy": writer is not None and is_mfa_enabled(writer),
    }
    reply = TemplateResponse(request, "classroom/people/sign_in_again.html", page, status=403)
    reply["Cache-Control"] = "no-store, private"
    return reply
