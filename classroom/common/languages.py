"""Chinese words within a text of another language: a reader's voice and font change with them."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from classroom.common.translated import Wording

_IDEOGRAPH = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
# Ideographs with what stands between them: their punctuation, spaces, and figures, as in a date.
_CHINESE = re.compile(rf"{_IDEOGRAPH}(?:[\u3000-\u303f\uff01-\uff65 0-9]*{_IDEOGRAPH})*")


def marked(text: str) -> SafeString:
    """The text, escaped, with each run of Chinese in ``lang="zh"``. Not for HTML with tags of its own."""
    escaped = conditional_escape(text)
    # Most texts have none, and the question whether they are ASCII costs next to nothing.
    if escaped.isascii():
        return escaped
    return mark_safe(_CHINESE.sub(r'<span lang="zh">\g<0></span>', escaped))  # noqa: S308 - escaped


def marked_on_this_page(text: str) -> SafeString:
    """The same, on a page that is in another language; where all of it is in Chinese, the page says so already.

    A text that knows itself to be in another language than the page is marked as a whole.
    """
    if isinstance(text, Wording):
        inner = conditional_escape(str(text)) if text.lang.startswith("zh") else marked(str(text))
        return format_html('<span lang="{}">{}</span>', text.lang, inner)
    return conditional_escape(text) if (get_language() or "").startswith("zh") else marked(text)


def pieces(text: str) -> list[str]:
    """The text in pieces between which a mark stands, or could stand."""
    return [*_CHINESE.split(text), *_CHINESE.findall(text)]
