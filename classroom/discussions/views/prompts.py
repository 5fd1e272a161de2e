"""The written rules, and a teacher's look at the prompts."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.discussions import queries, wording
from classroom.library import queries as library
from classroom.people.access import Level, SignedInRequest, allow


@allow(Level.SIGNED_IN)
def rules(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The written rules of discussion, and what happens to a post."""
    film = library.get_film(film_key)
    page = {
        "film": film,
        "rules": queries.rules_of(film),
        "trail": [(reverse("classroom:home"), _("Home")), ("", _("Rules of discussion"))],
    }
    return TemplateResponse(request, "classroom/discussions/rules.html", page)


@allow(Level.TEACHER)
def prompts(request: SignedInRequest, film_key: str) -> HttpResponse:
    film = library.get_film(film_key)
    page = {
        "film": film,
        "prompts": [(queries.prompt_title(each), each) for each in queries.prompts_of([film])],
        "trail": [(reverse("classroom:kit", args=[film.key]), film.title), ("", _("Prompts"))],
    }
    return TemplateResponse(request, "classroom/discussions/prompts.html", page)


@allow(Level.TEACHER)
def prompt(request: SignedInRequest, film_key: str, prompt_key: str) -> HttpResponse:
    """A prompt with all that its teacher should know before setting it."""
    film = library.get_film(film_key)
    found = queries.get_prompt(film, prompt_key)
    title = queries.prompt_title(found)
    page = {
        "film": film,
        "prompt": found,
        "title": title,
        "starters": wording.starters(found),
        "right_to_pass": wording.right_to_pass(found),
        "cards": library.fact_cards(list(found.facts.all()), for_teacher=True),
        "trail": [
            (reverse("classroom:kit", args=[film.key]), film.title),
            (reverse("classroom:prompts", args=[film.key]), _("Prompts")),
            ("", title),
        ],
    }
    return TemplateResponse(request, "classroom/discussions/prompt.html", page)
