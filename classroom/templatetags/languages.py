"""``{{ text|mark_chinese }}`` marks Chinese words in a text of another language, and a text in another than the page.

``<div{{ text|lang_attribute }}>`` is for the element around a text that is more than a phrase.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from classroom.common.languages import marked_on_this_page
from classroom.common.translated import Wording

register = template.Library()


@register.filter
def mark_chinese(text: object) -> SafeString:
    """The text, escaped, with each run of Chinese in ``lang="zh"``; on a page in Chinese, the text alone."""
    return marked_on_this_page(str(text) if not isinstance(text, str) else text)


@register.filter
def lang_attribute(text: object) -> SafeString:
    """`` lang="es"`` for a text that is in another language than the page, else nothing."""
    return format_html(' lang="{}"', text.lang) if isinstance(text, Wording) else SafeString("")
