"""How the pages look, and which language they speak.

Beside a person's account where somebody is signed in, so that a shared tablet is one student's no longer than they sit
at it; in cookies of the device, without any name, for whoever is not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from classroom.people.models import Theme, User

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
THEME_COOKIE = "theme"
SPACING_COOKIE = "spacing"
WIDE = "wide"
YEAR_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Appearance:
    """A theme, and whether letters and lines stand further apart. ``language`` is empty where the browser says it."""

    language: str = ""
    theme: Theme = Theme.SYSTEM
    wide_spacing: bool = False

    @property
    def dark_media(self) -> str:
        """For which media the dark colours hold; empty where never. Paper is white whatever the screen is."""
        return {Theme.SYSTEM: "screen and (prefers-color-scheme: dark)", Theme.DARK: "screen", Theme.LIGHT: ""}[
            self.theme
        ]


def appearance_of(request: HttpRequest) -> Appearance:
    """As the person who is signed in has it, else as the device has it. What a cookie says that is none of ours is
    left out.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return Appearance(user.language if user.language in LANGUAGES else "", Theme(user.theme), user.wide_spacing)
    theme, language = request.COOKIES.get(THEME_COOKIE, ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return Appearance(
        language if language in LANGUAGES else "",
        Theme(theme) if theme in Theme.values else Theme.SYSTEM,
        request.COOKIES.get(SPACING_COOKIE) == WIDE,
    )


def keep(request: HttpRequest, response: HttpResponse, chosen: Appearance) -> None:
    """Keep what was chosen, with the person or, where nobody is signed in, on the device."""
    user = request.user
    if user.is_authenticated:
        User.objects.filter(pk=user.pk).update(
            language=chosen.language, theme=chosen.theme, wide_spacing=chosen.wide_spacing
        )
        return
    for name, value in (
        (settings.LANGUAGE_COOKIE_NAME, chosen.language),
        (THEME_COOKIE, chosen.theme.value),
        (SPACING_COOKIE, WIDE if chosen.wide_spacing else ""),
    ):
        if value:
            response.set_cookie(
                name, value, max_age=YEAR_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
            )
        else:
            response.delete_cookie(name, samesite="Lax")


class OwnLanguageMiddleware:
    """Speaks a signed-in person's own language. Before it, the device's or the browser's has been taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = appearance_of(request).language
        if language and language != translation.get_language():
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


def language_of(user: User) -> str:
    """The language to write to somebody in who is not there to ask."""
    return user.language if user.language in LANGUAGES else settings.LANGUAGE_CODE
