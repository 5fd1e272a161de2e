"""Chinese words in a kit's English are marked, so that a reader's voice and font change with them."""

import pytest
from django.utils.safestring import SafeString, mark_safe

from classroom.templatetags.languages import mark_chinese


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The album is called 大事.", 'The album is called <span lang="zh">大事</span>.'),
        ("高瑛 and 路青", '<span lang="zh">高瑛</span> and <span lang="zh">路青</span>'),
        ("念，每一个名字。", '<span lang="zh">念，每一个名字</span>。'),
        ("No Chinese here", "No Chinese here"),
        ("<b>大事</b>", '&lt;b&gt;<span lang="zh">大事</span>&lt;/b&gt;'),
        (mark_safe("<b>大事</b>"), '<b><span lang="zh">大事</span></b>'),
        (81, "81"),
    ],
)
def test_chinese_is_marked_and_the_rest_is_as_it_was(text: object, shown: str) -> None:
    marked = mark_chinese(text)
    assert marked == shown
    assert isinstance(marked, SafeString)
