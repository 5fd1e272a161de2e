"""The ``i18n`` tags of templates, of which ``trans`` has a memory.

A page has thirty words of its own, and looking up one costs Django some eighty calls: a fifth of what a page cost. They
differ by the reader's language and by nothing else, so each place in a template remembers them in each language.
"""

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class RememberedWords(i18n.TranslateNode):
    """As Django's own, for words that stand in the template themselves."""

    def __init__(self, own: i18n.TranslateNode) -> None:
        super().__init__(own.filter_expression, own.noop)
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = super().render(context)
        return self.said[language]


@register.tag("trans")
@register.tag("translate")
def remembered_words(parser: Parser, token: Token) -> i18n.TranslateNode:
    """``{% trans %}``, read as Django reads it. What depends on the context is looked up each time, and so is all where
    somebody is at work on the templates: catalogues are read anew there without a restart.
    """
    node = i18n.do_translate(parser, token)
    words = node.filter_expression
    stands_alone = words.var.literal is not None and not (words.filters or node.asvar or node.message_context)
    return RememberedWords(node) if stands_alone and not settings.DEBUG else node
