"""The ``static`` tags of templates, of which ``static`` has a memory.

Where a file is kept stays the same as long as the storage does; each page names ten, and looking up one costs Django as
much as five other tags.
"""

from collections.abc import Callable
from functools import lru_cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.base import Parser, Token
from django.templatetags import static as django_static

register = template.Library()
register.tags |= django_static.register.tags


class RememberedStatic(django_static.StaticNode):
    """As Django's own; what the storage does not know is an error each time."""

    @classmethod
    def handle_simple(cls, path: str) -> str:
        return _address(staticfiles_storage.url, path)


@register.tag("static")
def remembered_static(parser: Parser, token: Token) -> django_static.StaticNode:
    """``{% static %}``, read as Django reads it."""
    return RememberedStatic.handle_token(parser, token)


@lru_cache(1024)
def _address(url: Callable[[str], str], path: str) -> str:
    return url(path)
