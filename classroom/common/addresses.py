"""Addresses with a memory: the ``url`` tag of templates, and ``address``.

A page names twenty addresses, and working out one costs Django as much as twenty other tags. The same few stand on
every page; here each is worked out once.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import conditional_escape

# Those of the panel can depend on more than their names.
_OWN = ("classroom:", "quizzes:", "account_")
_MOST = 8192

register = template.Library()


class RememberedURL(URLNode):
    """As Django's own; addresses with named parts, and those of the panel, are worked out each time."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        parts = [part.resolve(context) for part in self.args]
        is_known = isinstance(name, str) and name.startswith(_OWN) and not self.kwargs
        if not is_known or not all(isinstance(part, int | str) for part in parts):
            return super().render(context)
        try:
            where = address(name, *parts)
        except NoReverseMatch:
            # Where it is kept under a name, Django passes over it.
            return super().render(context)
        if self.asvar:
            context[self.asvar] = where
            return ""
        return conditional_escape(where) if context.autoescape else where


@register.tag("url")
def remembered_url(parser: Parser, token: Token) -> RememberedURL:
    """``{% url %}``, read as Django reads it."""
    node = url(parser, token)
    return RememberedURL(node.view_name, node.args, node.kwargs, node.asvar)


def address(name: str, *parts: int | str) -> str:
    """As Django's ``reverse`` gives it, worked out once: for what stands on a page that everybody opens all day."""
    return _address(settings.ROOT_URLCONF, get_script_prefix(), name, *parts)


@lru_cache(_MOST, typed=True)
def _address(_urlconf: str, _prefix: str, name: str, *parts: int | str) -> str:
    return reverse(name, args=parts)
