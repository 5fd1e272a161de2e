"""``{{ text|mark_chinese }}`` marks Chinese words in a text of another language."""

from django import template
from django.utils.safestring import SafeString

from classroom.common.languages import marked_on_this_page

register = template.Library()


@register.filter
def mark_chinese(text: object) -> SafeString:
    """The text, escaped, with each run of Chinese in ``lang="zh"``; on a page in Chinese, the text alone."""
    return marked_on_this_page(str(text) if not isinstance(text, str) else text)
