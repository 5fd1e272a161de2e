"""A post can rest on facts and passages, opened in place; a teacher gets a hint where figures and sources differ."""

import uuid

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions import claims
from classroom.discussions.models import Post, PostSource, Thread
from classroom.discussions.sources import AT_MOST, SourceView, by_refs
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def fact(thread):
    return factories.make_fact(thread.prompt.film, statement="The lamp burned for 81 nights.", value=81)


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def look(client, thread, words, **fields):
    typed = {"body": "Half a thought", "key": uuid.uuid4(), "parent": "", "look": words, **fields}
    return client.post(reverse("classroom:post_sources", args=[thread.pk]), typed)


def send(client, thread, body, *refs: str):
    typed = {"body": body, "key": uuid.uuid4(), "sources": refs}
    return client.post(reverse("classroom:post_new", args=[thread.pk]), typed)


def make_passage(film, *, shown: bool):
    source = film.sources.first()
    source.lines_for_students = shown
    source.save()
    passage = source.passages.get(number=2)
    passage.text = "The keeper rowed out at dusk."
    passage.save()
    return passage


def test_a_fact_is_looked_for_ticked_and_stands_below_the_post(as_user, alice, bob, thread, fact):
    reply = look(as_user(alice), thread, "lamp nights")
    page = reply.content.decode()
    assert f'value="fact:{fact.pk}"' in page
    assert "Half a thought</textarea>" in page
    assert not Post.objects.exists()
    send(as_user(alice), thread, "It burned 81 nights.", f"fact:{fact.pk}")
    page = as_user(bob).get(page_of(thread)).content.decode()
    assert '<details class="post-source">' in page
    assert "The lamp burned for 81 nights." in page
    assert "Harbour News, paragraph 1: burned so long" in page


def test_what_is_ticked_stays_ticked_while_more_is_looked_for(as_user, alice, thread, fact):
    reply = look(as_user(alice), thread, "nothing like it", sources=[f"fact:{fact.pk}"])
    form = reply.context["form"]
    assert [each.ref for each in form.attached] == [f"fact:{fact.pk}"]
    assert "Nothing more was found for “nothing like it”." in reply.content.decode()
    assert look(as_user(alice), thread, "lamp", sources=[f"fact:{fact.pk}"]).context["form"].found == []


def test_what_is_ticked_is_kept_when_the_post_is_not_sent(as_user, alice, thread, fact):
    reply = send(as_user(alice), thread, "", f"fact:{fact.pk}")
    assert reply.status_code == 422
    assert [each.ref for each in reply.context["form"].attached] == [f"fact:{fact.pk}"]


def test_a_passage_is_there_where_the_school_shows_its_lines(as_user, alice, bob, thread, fact):
    passage = make_passage(thread.prompt.film, shown=True)
    assert f'value="passage:{passage.pk}"' in look(as_user(alice), thread, "rowed").content.decode()
    send(as_user(alice), thread, "She went.", f"passage:{passage.pk}")
    assert "The keeper rowed out at dusk." in as_user(bob).get(page_of(thread)).content.decode()


def test_lines_that_students_may_not_see_are_neither_found_nor_attached_nor_shown(  # trust 28
    as_user, alice, teacher, thread, fact
):
    passage = make_passage(thread.prompt.film, shown=False)
    ref = f"passage:{passage.pk}"
    assert ref not in look(as_user(alice), thread, "rowed").content.decode()
    send(as_user(alice), thread, "She went.", ref)
    assert not PostSource.objects.exists()
    assert ref in look(as_user(teacher), thread, "rowed").content.decode()
    send(as_user(teacher), thread, "She went.", ref)
    assert "The keeper rowed" in as_user(teacher).get(page_of(thread)).content.decode()
    assert "The keeper rowed" not in as_user(alice).get(page_of(thread)).content.decode()


def test_only_what_the_film_has_can_be_attached_and_not_without_end(thread, fact):
    film = thread.prompt.film
    other = factories.make_film("another")
    foreign = factories.make_fact(other)
    refs = [f"fact:{foreign.pk}", "fact:x", "fact:", "user:1", f"fact:{10**30}", f"fact:{fact.pk}", f"fact:{fact.pk}"]
    assert [each.ref for each in by_refs(film, refs, for_teacher=True)] == [f"fact:{fact.pk}"]
    many = [f"fact:{factories.make_fact(film).pk}" for _each in range(AT_MOST + 2)]
    assert [each.ref for each in by_refs(film, many, for_teacher=True)] == many


def test_more_than_a_post_may_rest_on_is_refused_with_nothing_lost(as_user, alice, thread, fact):
    many = [f"fact:{factories.make_fact(thread.prompt.film).pk}" for _each in range(AT_MOST + 1)]
    reply = send(as_user(alice), thread, "All of it.", *many)
    assert reply.status_code == 422
    assert "A post rests on 6 facts and passages at most." in reply.content.decode()
    assert [each.ref for each in reply.context["form"].attached] == many
    assert "All of it.</textarea>" in reply.content.decode()
    assert not Post.objects.exists()


def test_the_same_form_sent_again_with_other_sources_says_so(as_user, alice, thread, fact):
    key = uuid.uuid4()
    address = reverse("classroom:post_new", args=[thread.pk])
    typed = {"body": "It burned.", "key": key, "sources": [f"fact:{fact.pk}"]}
    for _press in range(2):
        assert as_user(alice).post(address, typed).status_code == 302
    reply = as_user(alice).post(address, typed | {"sources": []})
    assert reply.status_code == 422
    assert "You have sent another text from this page" in reply.content.decode()
    assert Post.objects.get().sources.get().fact == fact


def test_a_teacher_alone_is_hinted_at_figures_without_a_source_and_at_sources_with_others(
    as_user, alice, bob, teacher, thread, fact
):
    send(as_user(alice), thread, "It burned 90 nights, from 1911.")
    send(as_user(alice), thread, "It burned 90 nights.", f"fact:{fact.pk}")
    send(as_user(alice), thread, "It burned 81 nights.", f"fact:{fact.pk}")
    send(as_user(alice), thread, "For 2 reasons, I think so.")
    send(as_user(teacher), thread, "There are 25 of us.")
    page = as_user(teacher).get(page_of(thread)).content.decode()
    assert "It gives 90, 1911 and no source." in page
    assert "It gives 90; “The lamp burned for 81 nights.” gives 81." in page
    assert page.count("Only for you, a hint:") == 2
    for student in (alice, bob):
        assert "hint" not in as_user(student).get(page_of(thread)).content.decode()


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("It was 1000 names.", "About 1,000 names were read."),
        ("It was 5 million.", "It was 5,000,000."),
        ("It was on May 12.", "It was on 12 May 2008."),
        ("It was in May 2008.", "It was on 2008-05-12."),
        ("2008年5月12日。", "It was on 12 May 2008."),
        ("It was in 2008.", "It was on 12 May 2008."),
        ("For 3 reasons.", "It was on 12 May 2008."),
        ("You may 90 times.", "It was on 12 May 2008."),
        ("<blockquote><p>90</p><blockquote><p>91</p></blockquote></blockquote><p>No.</p>", "81 nights."),
    ],
)
def test_figures_that_agree_or_cannot_be_compared_are_passed_over(said, given):
    assert claims.hints(said, [SourceView("Fact", given, "", "", ())]) == []


def test_a_number_whose_sources_give_none_is_told():
    bare = SourceView("Fact", "The keeper rowed out.", "", "", ())
    [hint] = claims.hints("It was 90 nights.", [bare, bare])
    assert hint == "It gives 90, and what it rests on gives no number or date."


@pytest.mark.parametrize(
    ("said", "given", "others"),
    [
        ("It was 90 names.", "About 1,000 names were read.", "1,000"),
        ("It was 5 million.", "It was 100 million.", "100 million"),
        ("It was on May 13, 2008.", "It was on 12 May 2008.", "12 May 2008"),
        ("It was 81 nights in 1911.", "It was 81 nights in 1910.", "1910"),
        ("It was 90 nights in 1911.", "It was 81 nights in 1911.", "81"),
    ],
)
def test_numbers_and_dates_that_differ_are_told(said, given, others):
    [hint] = claims.hints(said, [SourceView("Fact", given, "", "", ())])
    assert hint.endswith(f"“{given}” gives {others}.")


def test_the_page_asks_the_same_whatever_the_number_of_sources(as_user, alice, bob, section, count_queries):
    paths = []
    for number in (1, 3):
        thread = factories.make_thread(section)
        for _each in range(number):
            post = factories.make_post(thread, bob, state=Post.State.PUBLISHED)
            for position in range(1, number + 1):
                post.sources.create(position=position, fact=factories.make_fact(thread.prompt.film))
        paths.append(page_of(thread))
    client = as_user(alice)
    for path in paths:
        client.get(path)
    one, three = (count_queries(client, path) for path in paths)
    assert one == three


def test_with_a_post_that_is_deleted_go_its_sources(as_user, alice, thread, fact):
    send(as_user(alice), thread, "It burned.", f"fact:{fact.pk}")
    as_user(alice).post(reverse("classroom:post_delete", args=[Post.objects.get().pk]))
    assert not PostSource.objects.exists()


def test_a_long_thread_that_rests_on_much_stays_within_its_queries(as_user, alice, bob, teacher, thread, count_queries):
    facts = [factories.make_fact(thread.prompt.film) for _each in range(3)]
    for number in range(40):
        post = factories.make_post(thread, bob, state=Post.State.PUBLISHED, body="It burned 90 nights.")
        post.sources.create(position=1, fact=facts[number % 3])
    for reader in (alice, teacher):
        client = as_user(reader)
        client.get(page_of(thread))
        assert count_queries(client, page_of(thread)) <= 8


# --- Mending what waits or came back ---


def mend(client, post, body, *refs, **fields):
    typed = {"body": body, "revision": post.revision, "sources": refs, **fields}
    return client.post(reverse("classroom:post_edit", args=[post.pk]), typed)


@pytest.fixture
def returned(alice, thread) -> Post:
    return factories.make_post(thread, alice, state=Post.State.RETURNED, body="It burned long.")


def test_a_post_that_came_back_is_mended_by_a_source_alone(as_user, alice, returned, fact):
    client = as_user(alice)
    assert mend(client, returned, returned.body).status_code == 422
    found = mend(client, returned, "It burned longer.", looking="yes", look="lamp")
    page = found.content.decode()
    assert f'value="fact:{fact.pk}"' in page
    assert "It burned longer.</textarea>" in page
    returned.refresh_from_db()
    assert (returned.state, returned.body) == (Post.State.RETURNED, "It burned long.")
    assert mend(client, returned, returned.body, f"fact:{fact.pk}").status_code == 302
    returned.refresh_from_db()
    assert returned.state == Post.State.HELD
    assert returned.sources.get().fact == fact


def test_what_it_rests_on_is_ticked_and_can_be_taken_off(as_user, alice, returned, fact):
    returned.sources.create(position=1, fact=fact)
    client = as_user(alice)
    page = client.get(reverse("classroom:post_edit", args=[returned.pk])).content.decode()
    assert f'value="fact:{fact.pk}" id="source-fact:{fact.pk}" checked' in page
    assert mend(client, returned, returned.body, f"fact:{fact.pk}").status_code == 422
    assert mend(client, returned, returned.body).status_code == 302
    assert not PostSource.objects.exists()


def test_a_page_that_is_behind_changes_no_source(as_user, alice, returned, fact):
    behind = Post.objects.get(pk=returned.pk)
    Post.objects.filter(pk=returned.pk).update(revision=7, body="Mended meanwhile.")
    reply = mend(as_user(alice), behind, "Mine.", f"fact:{fact.pk}")
    assert reply.status_code == 409
    assert [each.ref for each in reply.context["form"].attached] == [f"fact:{fact.pk}"]
    assert not PostSource.objects.exists()


def test_what_the_class_has_read_keeps_its_sources(as_user, alice, thread, fact):
    send(as_user(alice), thread, "It burned.", f"fact:{fact.pk}")
    post = Post.objects.get()
    post.published_at = clock.now()
    post.save()
    page = as_user(alice).get(reverse("classroom:post_edit", args=[post.pk])).content.decode()
    assert 'id="sources"' not in page
    assert mend(as_user(alice), post, "It burned long.").status_code == 302
    assert Post.objects.get().sources.get().fact == fact
