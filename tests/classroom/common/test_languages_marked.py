"""Chinese words in another language's text are marked, so that a reader's voice and font change with them."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from classroom.common import clock
from classroom.common.markdown import Links, render_kit, render_post
from classroom.discussions.models import Post
from classroom.people.models import Section, User
from classroom.templatetags.languages import mark_chinese
from quizzes.delivery.actions import start_attempt
from tests import factories


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The album is called 大事.", 'The album is called <span lang="zh">大事</span>.'),
        ("高瑛 and 路青", '<span lang="zh">高瑛</span> and <span lang="zh">路青</span>'),
        ("念，每一个名字。", '<span lang="zh">念，每一个名字</span>。'),
        ("On 2008年5月12日.", 'On 2008<span lang="zh">年5月12日</span>.'),
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


def test_a_page_in_chinese_needs_no_mark() -> None:
    with translation.override("zh-hans"):
        assert mark_chinese("“大事” & more") == "“大事” &amp; more"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The *大事* album <b>", '<p>The <em><span lang="zh">大事</span></em> album &lt;b&gt;</p>\n'),
        ("Code: `大事`", "<p>Code: <code>大事</code></p>\n"),
        ("“Quoted” & plain", "<p>“Quoted” &amp; plain</p>\n"),
        (
            "<span lang=zh onclick=x>大</span>",
            '<p>&lt;span lang=zh onclick=x&gt;<span lang="zh">大</span>&lt;/span&gt;</p>\n',
        ),
    ],
)
def test_posts_are_marked_when_they_are_rendered(text: str, shown: str) -> None:
    assert render_post(text) == shown


def test_the_texts_of_lessons_are_marked_and_their_addresses_are_not() -> None:
    links = Links(
        fact=lambda key: None, term=lambda key: f"/t#{key}", conflict=lambda key: None, definitions={"a": "大"}
    )
    html = render_kit('[念](term:a) and [here](https://example.org/大事 "大")', links, {})
    assert '<a href="/t#a" class="term-link" title="大"><span lang="zh">念</span></a>' in html
    assert html.count('lang="zh"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["大事", "album大事", "album大", "的 album"])
def test_what_is_marked_is_found_as_it_was_typed(
    as_user,
    section: Section,
    alice: User,
    words: str,
) -> None:  # type: ignore[no-untyped-def]
    thread = factories.make_thread(section)
    factories.make_post(
        thread, alice, state=Post.State.PUBLISHED, body="他的 album大事", body_html=render_post("他的 album大事")
    )
    page = as_user(alice).get(reverse("classroom:class_search", args=[section.pk]), {"q": words})
    assert "<mark>" in page.content.decode()


@pytest.mark.django_db
def test_a_question_is_marked_where_a_student_reads_it(as_user, section: Section, alice: User) -> None:  # type: ignore[no-untyped-def]
    question = factories.make_question(factories.make_film(), stem="What does 念 mean?")
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(question.film, [question]))
    attempt = start_attempt(quiz_assignment=quiz, student=alice, at=clock.now())
    page = as_user(alice).get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert 'What does <span lang="zh">念</span> mean?' in page
