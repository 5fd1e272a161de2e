"""Those who teach see who has spoken and what waits for an answer; of a sealed thread, only who has taken part."""

from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions import overview
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.discussions.overview.talk import QUIET_AFTER
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = Post.State.PUBLISHED


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


def said(thread, author, body="Yes.", state=PUBLISHED, **fields) -> Post:
    return factories.make_post(thread, author, body=body, state=state, **fields)


def talk(section):
    return overview.talk_of(section, overview.threads_of(section), clock.now())


def of_class(section) -> str:
    return reverse("classroom:class_talk", args=[section.pk])


def of_thread(thread) -> str:
    return reverse("classroom:thread_talk", args=[thread.pk])


def voices(found) -> dict[str, tuple[int, int, int, int | None]]:
    return {each.name: (each.spoken, each.published, each.unseen, each.share) for each in found}


def test_it_tells_who_has_spoken_how_much_and_who_has_not(alice, bob, teacher, section, thread):
    charlie = factories.make_user("Cara")
    factories.add_member(section, charlie)
    said(thread, alice, "a" * 30)
    said(thread, bob, "b" * 30)
    said(thread, bob, "b" * 20)
    said(thread, bob, "never read" * 50, Post.State.HELD)
    said(thread, bob, "taken back" * 50, Post.State.DELETED)
    said(thread, teacher, "t" * 20)
    found = talk(section)
    assert voices(found.voices) == {"Alice": (1, 1, 0, 30), "Bob": (1, 2, 1, 50), "Cara": (0, 0, 0, 0)}
    assert voices(found.others) == {"Those who teach": (0, 1, 0, 20)}
    assert found.silent == [charlie]
    [line] = found.lines
    assert (line.asked, line.spoken, line.published, line.unseen) == (3, 2, 4, 1)


def test_who_is_excused_or_not_asked_is_not_missed(alice, bob, section):
    excused = factories.make_thread(section)
    factories.make_excuse(excused.assignment, alice)
    of_bob = factories.make_thread(
        section, assignment=factories.make_assignment(section, kind="thread", for_everybody=False)
    )
    factories.make_target(of_bob.assignment, bob)
    found = talk(section)
    assert {each.name: each.asked for each in found.voices} == {"Alice": 0, "Bob": 2}
    assert found.silent == [bob]
    assert [line.asked for line in found.lines] == [1, 1]


def test_where_groups_talk_apart_each_is_asked_in_their_own(as_user, alice, bob, teacher, section):
    red, blue = (factories.make_group(section, who, name=name) for who, name in ((alice, "Red"), (bob, "Blue")))
    together = Thread.Together.GROUPS
    first = factories.make_thread(section, group=red, together=together)
    second = factories.make_thread(section, assignment=first.assignment, group=blue, together=together)
    said(first, alice)
    found = talk(section)
    assert [(line.title, line.spoken, line.asked) for line in found.lines] == [
        ("Talk: Red", 1, 1),
        ("Talk: Blue", 0, 1),
    ]
    assert {each.name: (each.spoken, each.asked) for each in found.voices} == {"Alice": (1, 1), "Bob": (0, 1)}
    assert "Who speaks in “Talk: Blue”" in as_user(teacher).get(of_thread(second)).content.decode()


def test_who_talks_with_a_teacher_alone_is_asked_alone(alice, bob, section):
    factories.make_thread(section, student=alice, together=Thread.Together.ALONE)
    found = talk(section)
    assert {each.name: each.asked for each in found.voices} == {"Alice": 1, "Bob": 0}
    assert found.silent == [alice]


def test_words_of_who_has_left_are_counted_together(alice, bob, section, thread):
    said(thread, alice, "a" * 10)
    said(thread, bob, "b" * 30)
    section.memberships.filter(user=bob).update(ended_at=clock.now())
    found = talk(section)
    assert voices(found.voices) == {"Alice": (1, 1, 0, 25)}
    assert voices(found.others) == {"Students who have left": (0, 1, 0, 75)}


def test_of_a_sealed_thread_it_tells_who_has_taken_part_and_nothing_else(as_user, alice, bob, teacher, section):
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    Pseudonym.objects.create(thread=thread, user=alice, name="Calm Heron")
    said(thread, alice, "canary " * 40)
    said(thread, alice, "held", Post.State.HELD)
    factories.fill_up(section, students=8)
    factories.let_others_write(thread, alice, bob)
    found = talk(section)
    heard = {name: own for name, own in voices(found.voices).items() if name in ("Alice", "Bob")}
    assert heard == {"Alice": (1, 0, 0, None), "Bob": (0, 0, 0, None)}
    assert [(line.spoken, line.asked) for line in found.lines] == [(4, 8)]
    # Who is not among the four may have written since.
    assert found.silent == []
    for address in (of_class(section), of_thread(thread)):
        page = as_user(teacher).get(address).content.decode()
        each = page[page.index('id="voices"') : page.index('id="cited"')]
        assert "Alice" in each
        assert "Heron" not in each
        assert "Share of the talk" not in each
        waiting = page[page.index('id="unanswered"') : page.index('id="voices"')]
        assert "Calm Heron" in waiting
        assert "Alice" not in waiting


@pytest.mark.parametrize("names", Thread.Names.values)
def test_who_answers_the_teachers_alone_has_taken_part_with_no_post(as_user, alice, bob, teacher, section, names):
    thread = factories.make_thread(section, names=names)
    said(thread, alice, "canary", Post.State.PRIVATE)
    found = talk(section)
    sealed = names == Thread.Names.SEALED
    heard = {each.name: (each.spoken, each.published, each.unseen) for each in found.voices}
    assert (heard["Alice"], heard["Bob"]) == ((0 if sealed else 1, 0, 0), (0, 0, 0))
    assert found.silent == ([] if sealed else [bob])
    assert [(line.spoken, line.published, line.unseen) for line in found.lines] == [(1, 0, 0)]
    assert "canary" not in as_user(teacher).get(of_thread(thread)).content.decode()


def test_a_sealed_thread_changes_no_figure_of_the_others(alice, bob, section, thread):
    said(thread, alice, "a" * 10)
    said(thread, bob, "b" * 10)
    factories.fill_up(section)
    before = voices(talk(section).voices)
    sealed = factories.make_thread(section, names=Thread.Names.SEALED)
    said(sealed, alice, "a" * 500)
    assert {name: own[1:] for name, own in voices(talk(section).voices).items()} == {
        name: own[1:] for name, own in before.items()
    }


def test_what_nobody_has_replied_to_is_listed(alice, bob, teacher, section, thread):
    open_question = said(thread, alice, "Would you?")
    answered = said(thread, alice, "I would.")
    said(thread, bob, "So would I.", parent=answered)
    asks_back = said(thread, bob, "为什么？", parent=answered)
    alone = said(thread, bob, "I would not.")
    said(thread, bob, "And I mean it.", parent=alone)
    held_reply = said(thread, bob, "My own.")
    said(thread, alice, "Not read yet.", Post.State.HELD, parent=held_reply)
    said(thread, teacher, "What would help?")
    said(thread, alice, "canary", Post.State.HELD)
    wanted = [open_question, asks_back, alone, held_reply]
    assert [each.url for each in talk(section).unanswered] == [
        reverse("classroom:post", args=[post.pk]) for post in wanted
    ]


def test_of_many_that_wait_some_are_listed_and_the_rest_is_told(as_user, alice, teacher, section, thread):
    for _each in range(21):
        said(thread, alice)
    found = talk(section)
    assert len(found.unanswered) == 20
    assert "There are more." in as_user(teacher).get(of_thread(thread)).content.decode()


@pytest.mark.parametrize(
    ("ago", "fields", "quiet"),
    [
        (QUIET_AFTER + timedelta(hours=1), {}, True),
        (QUIET_AFTER - timedelta(hours=1), {}, False),
        (QUIET_AFTER + timedelta(hours=1), {"locked_at": factories.NOW}, False),
    ],
)
def test_an_open_thread_in_which_nobody_says_anything_has_gone_quiet(alice, section, ago, fields, quiet):
    at = clock.now()
    assignment = factories.make_assignment(section, kind="thread", opens_at=at - timedelta(days=30))
    thread = factories.make_thread(section, assignment=assignment, **fields)
    said(thread, alice, published_at=at - ago)
    [line] = talk(section).lines
    assert line.is_quiet is quiet


def test_a_thread_that_is_closed_or_has_just_opened_is_not_quiet(section):
    at = clock.now()
    for fields in (
        {"closes_at": at - timedelta(days=5)},
        {"opens_at": at - timedelta(days=1)},
        {"opens_at": at + timedelta(days=1)},
    ):
        opens = {"opens_at": at - timedelta(days=30), **fields}
        factories.make_thread(section, assignment=factories.make_assignment(section, kind="thread", **opens))
    assert [line.is_quiet for line in talk(section).lines] == [False, False, False]
    assert [line.state for line in talk(section).lines] == ["closed", "open", "not open yet"]


def test_facts_are_counted_by_the_posts_that_the_class_can_read(alice, bob, section, thread):
    film = thread.prompt.film
    often, once, never = (factories.make_fact(film) for _each in range(3))
    for author in (alice, bob):
        said(thread, author).sources.create(position=1, fact=often)
    post = said(thread, alice)
    post.sources.create(position=1, fact=once)
    said(thread, alice, state=Post.State.HIDDEN, published_at=clock.now()).sources.create(position=1, fact=never)
    assert [(each.statement, each.posts, each.width) for each in talk(section).cited] == [
        (often.statement, 2, 100),
        (once.statement, 1, 50),
    ]


def test_a_page_of_one_thread_counts_it_alone(as_user, alice, bob, teacher, section, thread):
    other = factories.make_thread(section)
    said(thread, alice)
    said(other, bob)
    found = as_user(teacher).get(of_thread(thread)).context["talk"]
    assert {each.name: each.spoken for each in found.voices} == {"Alice": 1, "Bob": 0}
    assert [line.thread.pk for line in found.lines] == [thread.pk]


def test_that_it_was_looked_at_is_noted(as_user, teacher, section, thread):
    as_user(teacher).get(of_thread(thread))
    as_user(teacher).get(of_class(section))
    read = AuditEvent.objects.filter(kind=AuditEvent.Kind.RECORD_READ, by=teacher)
    assert list(read.order_by("pk").values_list("subject_type", "subject_id")) == [
        ("classroom.thread", thread.pk),
        ("classroom.section", section.pk),
    ]


def test_it_is_no_student_s_page(as_user, alice, section, thread):
    for address in (of_class(section), of_thread(thread)):
        assert as_user(alice).get(address).status_code == 404


def test_it_asks_the_same_whatever_there_is(as_user, alice, bob, teacher, section, count_queries):
    counts = []
    client = as_user(teacher)
    for number in range(3):
        thread = factories.make_thread(section)
        for author in (alice, bob):
            said(thread, author).sources.create(position=1, fact=factories.make_fact(thread.prompt.film))
        factories.add_member(section, factories.make_user(f"Dora{number}"))
        counts.append((count_queries(client, of_class(section)), count_queries(client, of_thread(thread))))
    assert counts[0] == counts[2]


def test_an_empty_class_says_so(as_user, teacher, section):
    page = as_user(teacher).get(of_class(section)).content.decode()
    assert "This class has no discussion yet." in page


def test_the_class_and_the_thread_lead_there(as_user, teacher, section, thread):
    client = as_user(teacher)
    assert f'href="{of_class(section)}"' in client.get(reverse("classroom:section", args=[section.pk])).content.decode()
    assert f'href="{of_thread(thread)}"' in client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert f'href="{of_thread(thread)}"' in client.get(of_class(section)).content.decode()
