from django.conf import settings
from django.http import HttpRequest

from classroom.common import offline
from classroom.people.appearance import appearance_of


def navigation(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page shows. It asks the database nothing beyond who is signed in."""
    user = getattr(request, "user", None)
    return {
        "appearance": appearance_of(request),
        "offline_version": offline.version(),
        "teachers_sign_up": settings.TEACHER_SIGNUP,
        "person": user if user is not None and user.is_authenticated else None,
    }
