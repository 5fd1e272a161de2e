"""``{% crumbs section=section here=_("Groups") %}``: where a page stands, in one line."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from classroom.people.models import Section

register = template.Library()


@register.inclusion_tag("components/crumbs.html")
def crumbs(*between: object, here: str, section: Section | None = None, home: str | None = None) -> dict[str, Any]:
    """The way from home, by way of the class if one is given, and of ``between`` (address, words, address, words …).

    ``home`` calls home by another name; where it is empty, the way does not begin there.
    """
    if len(between) % 2:
        raise template.TemplateSyntaxError("crumbs: what is between comes in pairs of an address and its words.")
    trail: list[tuple[object, object]] = []
    if home != "":
        trail.append((reverse("classroom:home"), home or gettext("Home")))
    if section is not None:
        trail.append((reverse("classroom:section", args=(section.pk,)), section.name))
    trail += zip(between[::2], between[1::2], strict=True)
    return {"trail": [*trail, ("", here)]}
