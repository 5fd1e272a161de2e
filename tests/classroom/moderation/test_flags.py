"""A report hides a post from who makes it at once, from all when enough have, and is answered by a moderator."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Concern, Decision, Flag, Post, TalkSettings, Thread
from classroom.moderation import actions, outcomes, queries
from classroom.notices.models import Notice
from classroom.people import limits
from classroom.people.models import Role
from classroom.privacy.copying import copy_of
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "A canary about a classmate."


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section, names=Thread.Names.SHOWN, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def dora(section):
    user = factories.make_user("Dora")
    factories.add_member(section, user)
    return user


@pytest.fixture
def post(thread, alice) -> Post:
    return factories.make_post(thread, alice, body=CANARY, state=Post.State.PUBLISHED)


def flag_url(post: Post) -> str:
    return reverse("classroom:post_flag", args=[post.pk])


def page(client, thread: Thread) -> str:
    return client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()


def press(as_user, student, post: Post):
    return as_user(student).post(flag_url(post))


def against(post: Post) -> dict[str, object]:
    rule = factories.make_guideline(post.thread.prompt.film)
    return {"rule": rule.pk, "reason": "About a person.", "revision": Post.objects.get(pk=post.pk).revision}


def test_one_press_hides_the_post_from_who_reports_it_and_from_nobody_else(as_user, alice, bob, dora, post, thread):
    assert flag_url(post) in page(as_user(bob), thread)
    reply = press(as_user, bob, post)
    assert reply.url == flag_url(post)
    shown = page(as_user(bob), thread)
    assert CANARY not in shown
    assert "You have reported this post" in shown
    assert CANARY in page(as_user(dora), thread)
    assert CANARY in page(as_user(alice), thread)


def test_neither_author_nor_classmates_learn_of_a_report(as_user, alice, bob, dora, post, thread):
    before = {student: page(as_user(student), thread) for student in (alice, dora)}
    press(as_user, bob, post)
    for student, shown in before.items():
        now = page(as_user(student), thread)
        assert now.count("eported") == shown.count("eported")
        assert now.count("Bob") == shown.count("Bob")


def test_a_student_reports_a_post_once_and_says_why_afterwards(as_user, teacher, bob, post):
    press(as_user, bob, post)
    press(as_user, bob, post)
    flag = Flag.objects.get()
    assert (flag.reason, flag.text) == ("", CANARY)
    assert as_user(bob).post(flag_url(post), {"reason": ""}).status_code == 422
    as_user(bob).post(flag_url(post), {"reason": "hurts", "note": "It is about Dora."})
    flag.refresh_from_db()
    assert (flag.reason, flag.note) == ("hurts", "It is about Dora.")
    queue = as_user(teacher).get(reverse("classroom:moderation")).content.decode()
    assert "Reported by Bob: It hurts or mocks somebody: “It is about Dora.”" in queue
    assert CANARY in queue
    assert "1 post was reported" in as_user(teacher).get(reverse("classroom:home")).content.decode()


def test_as_many_reports_as_the_class_has_set_hide_a_post_until_it_is_looked_at(
    as_user, teacher, alice, bob, dora, section, post, thread
):
    TalkSettings.objects.create(section=section, flags_to_hide=2)
    emil = factories.make_user("Emil")
    factories.add_member(section, emil)
    press(as_user, bob, post)
    assert CANARY in page(as_user(emil), thread)
    press(as_user, dora, post)
    post.refresh_from_db()
    assert (post.state, post.to_review) == (Post.State.FLAGGED, True)
    assert CANARY not in page(as_user(emil), thread)
    assert "until a teacher has looked at it" in page(as_user(alice), thread)
    queue = as_user(teacher).get(reverse("classroom:moderation")).content.decode()
    assert "Show again" in queue
    as_user(teacher).post(reverse("classroom:post_approve", args=[post.pk]), {"revision": post.revision})
    post.refresh_from_db()
    assert (post.state, post.to_review) == (Post.State.PUBLISHED, False)
    for student in (bob, dora, emil):
        assert CANARY in page(as_user(student), thread)
    assert set(Flag.objects.values_list("outcome", flat=True)) == {Flag.Outcome.UNFOUNDED}


@pytest.mark.parametrize(
    ("act", "outcome", "words"),
    [
        ("post_keep", Flag.Outcome.UNFOUNDED, "that you had reported: it stays"),
        ("post_hide", Flag.Outcome.FOUNDED, "A teacher took down a post"),
        ("post_remove", Flag.Outcome.FOUNDED, "A teacher took down a post"),
    ],
)
def test_who_has_reported_is_told_what_came_of_it(as_user, teacher, bob, post, thread, act, outcome, words):
    press(as_user, bob, post)
    as_user(teacher).post(reverse(f"classroom:{act}", args=[post.pk]), against(post))
    assert Flag.objects.get().outcome == outcome
    told = as_user(bob).get(reverse("classroom:notices")).content.decode()
    assert words in told
    assert CANARY not in told
    assert (CANARY in page(as_user(bob), thread)) == (outcome == Flag.Outcome.UNFOUNDED)


def test_a_decision_that_is_taken_back_opens_the_reports_again(as_user, teacher, bob, post):
    press(as_user, bob, post)
    as_user(teacher).post(reverse("classroom:post_hide", args=[post.pk]), against(post))
    as_user(teacher).post(reverse("classroom:decision_undo", args=[Decision.objects.get().pk]))
    assert Flag.objects.get().outcome == Flag.Outcome.OPEN
    post.refresh_from_db()
    assert (post.state, post.to_review) == (Post.State.PUBLISHED, True)


def test_a_report_of_what_the_author_has_changed_since_is_held_against_nobody(as_user, teacher, alice, bob, thread):
    now = clock.now()
    post = factories.make_post(thread, alice, body=CANARY, state=Post.State.PUBLISHED, published_at=now, created_at=now)
    press(as_user, bob, post)
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), {"body": "Kinder words.", "revision": 1})
    post.refresh_from_db()
    assert post.to_review
    as_user(teacher).post(reverse("classroom:post_keep", args=[post.pk]), {"revision": post.revision})
    assert Flag.objects.get().outcome == Flag.Outcome.CHANGED


def test_worry_about_somebody_reaches_those_who_look_after_the_class_at_once(as_user, teacher, bob, post):
    press(as_user, bob, post)
    as_user(bob).post(flag_url(post), {"reason": "danger"})
    assert Concern.objects.get().post == post
    assert "Please look at once" in as_user(teacher).get(reverse("classroom:home")).content.decode()


def test_false_reports_stand_on_the_students_line_for_those_who_moderate_alone(
    as_user, teacher, alice, bob, section, thread
):
    for number in range(2):
        post = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
        press(as_user, bob, post)
        act = "post_keep" if number else "post_hide"
        as_user(teacher).post(reverse(f"classroom:{act}", args=[post.pk]), against(post))
    address = reverse("classroom:class_flags", args=[section.pk])
    shown = " ".join(as_user(teacher).get(address).content.decode().split())
    assert '<th scope="row">Bob</th><td>2</td><td>1</td>' in shown
    assert as_user(alice).get(address).status_code == 404
    third = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    press(as_user, bob, third)
    queue = as_user(teacher).get(reverse("classroom:moderation")).content.decode()
    assert "of 2 earlier reports 1 were not agreed with" in queue


def test_in_a_sealed_thread_a_reporter_goes_by_their_pseudonym(as_user, teacher, alice, bob, section):
    sealed = factories.make_thread(section, names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER)
    post = factories.make_post(sealed, alice, state=Post.State.PUBLISHED)
    page(as_user(bob), sealed)
    press(as_user, bob, post)
    queue = as_user(teacher).get(reverse("classroom:moderation")).content.decode()
    assert f"Reported by {sealed.pseudonyms.get(user=bob).name}" in queue
    assert "Bob" not in queue
    as_user(teacher).post(reverse("classroom:post_keep", args=[post.pk]), {"revision": 1})
    flags = reverse("classroom:class_flags", args=[section.pk])
    assert "Bob" not in as_user(teacher).get(flags).content.decode()


# --- What those who teach have written --------------------------------------------------------------------------------


@pytest.fixture
def of_teacher(thread, teacher) -> Post:
    return factories.make_post(thread, teacher, body="CANARY of a teacher.", state=Post.State.PUBLISHED)


def test_a_post_of_somebody_who_teaches_is_reported_to_the_others_and_never_decided_by_its_author(
    as_user, teacher, bob, section, thread, of_teacher
):  # trust 31
    ravi = factories.make_user("Ravi")
    factories.add_member(section, ravi, Role.ASSISTANT)
    root = factories.make_user("Root", is_staff=True)
    assert flag_url(of_teacher) in page(as_user(bob), thread)
    assert press(as_user, bob, of_teacher).url == flag_url(of_teacher)
    as_user(bob).post(flag_url(of_teacher), {"reason": "hurts", "note": "It mocks me."})
    queue = reverse("classroom:moderation")
    for_others = as_user(ravi).get(queue).content.decode()
    assert "CANARY of a teacher." in for_others
    assert "Reported by Bob" in for_others
    assert reverse("classroom:post_mute", args=[of_teacher.pk]) not in for_others
    for own in (queue, reverse("classroom:home"), reverse("classroom:notices")):
        shown = as_user(teacher).get(own).content.decode()
        assert "was reported" not in shown
        assert "Reported by" not in shown
    assert "CANARY of a teacher." not in as_user(teacher).get(queue).content.decode()
    assert not Notice.objects.filter(to=teacher).exists()
    assert (
        as_user(teacher).post(reverse("classroom:post_keep", args=[of_teacher.pk]), {"revision": 1}).status_code == 404
    )
    assert as_user(root).get(queue).status_code == 404
    as_user(ravi).post(reverse("classroom:post_hide", args=[of_teacher.pk]), against(of_teacher))
    of_teacher.refresh_from_db()
    assert of_teacher.state == Post.State.HIDDEN
    # Nor does a count tell its author who it was.
    assert "Bob" not in as_user(teacher).get(reverse("classroom:class_flags", args=[section.pk])).content.decode()


def test_where_nobody_else_looks_after_the_class_an_admin_decides(as_user, teacher, bob, section, of_teacher, post):
    root = factories.make_user("Root", is_staff=True)
    queue = reverse("classroom:moderation")
    press(as_user, bob, post)
    assert as_user(root).get(queue).status_code == 404
    assert "was reported" not in as_user(root).get(reverse("classroom:home")).content.decode()
    press(as_user, bob, of_teacher)
    assert "1 post was reported" in as_user(root).get(reverse("classroom:home")).content.decode()
    shown = as_user(root).get(queue).content.decode()
    assert "CANARY of a teacher." in shown
    assert CANARY not in shown
    for other in (post, of_teacher):
        as_user(root).post(
            reverse("classroom:post_keep", args=[other.pk]), {"revision": other.revision, "answer": "So."}
        )
    assert dict(Flag.objects.values_list("post", "outcome")) == {post.pk: "open", of_teacher.pk: "unfounded"}
    assert as_user(root).get(queue).status_code == 404
    assert as_user(bob).get(reverse("classroom:own_flags", args=[section.pk])).status_code == 200


def test_a_copy_that_a_teacher_takes_does_not_tell_who_has_reported_them(
    as_user, teacher, bob, section, of_teacher, post
):
    for each in (of_teacher, post):
        press(as_user, bob, each)
    parts = {part.label: part.rows for part in copy_of(bob, at=clock.now()).parts}
    assert len(parts["classroom.Flag"]) == 1
    own = {part.label: part.rows for part in copy_of(bob, at=clock.now(), own=True).parts}
    assert len(own["classroom.Flag"]) == 2


# --- One's own reports ------------------------------------------------------------------------------------------------


def test_a_student_reads_what_came_of_each_of_their_reports_and_why(
    as_user, teacher, alice, bob, dora, section, thread, post
):
    hidden = factories.make_post(thread, alice, body="SECOND-CANARY", state=Post.State.PUBLISHED)
    waiting = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    for each in (post, hidden, waiting):
        press(as_user, bob, each)
    decide = as_user(teacher)
    queue = decide.get(reverse("classroom:moderation")).content.decode()
    assert queue.count("Why it stays, for those who have reported it") == 3
    decide.post(
        reverse("classroom:post_keep", args=[post.pk]),
        {"revision": post.revision, "answer": "It argues with a claim, and with nobody."},
    )
    decide.post(reverse("classroom:post_hide", args=[hidden.pk]), against(hidden))
    address = reverse("classroom:own_flags", args=[section.pk])
    shown = as_user(bob).get(address).content.decode()
    for words in ("the post stays", "It argues with a claim, and with nobody.", "the post was taken down"):
        assert words in shown
    assert "waiting for a teacher" in shown
    assert f"It was against this rule: {hidden.decisions.get().rule.title}." in shown
    # Neither what was taken down nor what its author alone was told.
    assert "SECOND-CANARY" not in shown
    assert "About a person." not in shown
    assert {each.url for each in outcomes.settled(bob, Flag.objects.values_list("pk", flat=True)).values()} == {address}
    assert address in as_user(bob).get(reverse("classroom:in_the_open", args=[section.pk])).content.decode()
    assert "It argues" in as_user(bob).get(flag_url(post)).content.decode()
    assert "You have reported nothing" in as_user(dora).get(address).content.decode()
    for person in (alice, dora):
        assert "It argues" not in page(as_user(person), thread)


def test_an_answer_that_is_too_long_decides_nothing(as_user, teacher, bob, post):
    press(as_user, bob, post)
    sent = {"revision": post.revision, "answer": "x" * 301}
    reply = as_user(teacher).post(reverse("classroom:post_keep", args=[post.pk]), sent, follow=True)
    assert "at most 300 characters" in reply.content.decode()
    assert Flag.objects.get().outcome == Flag.Outcome.OPEN


def test_what_was_told_goes_with_the_decision_that_is_taken_back(as_user, teacher, bob, section, post):
    press(as_user, bob, post)
    sent = {"revision": post.revision, "answer": "It stays."}
    as_user(teacher).post(reverse("classroom:post_keep", args=[post.pk]), sent)
    as_user(teacher).post(reverse("classroom:decision_undo", args=[Decision.objects.get().pk]))
    assert Flag.objects.get().answer == ""
    assert "It stays." not in as_user(bob).get(reverse("classroom:own_flags", args=[section.pk])).content.decode()


def test_nobody_reports_their_own_post_or_one_they_cannot_read(as_user, teacher, alice, bob, charlie, thread):
    own = factories.make_post(thread, bob, state=Post.State.PUBLISHED)
    held = factories.make_post(thread, alice)
    readable = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    for post in (own, held):
        assert press(as_user, bob, post).status_code == 404
        assert flag_url(post) not in page(as_user(bob), thread)
    for person in (charlie, teacher):
        assert press(as_user, person, readable).status_code == 404
    assert not Flag.objects.exists()


def test_whoever_reports_without_end_is_stopped(as_user, alice, bob, thread):
    for _number in range(limits.FLAGS_BY_ACCOUNT.capacity):
        press(as_user, bob, factories.make_post(thread, alice, state=Post.State.PUBLISHED))
    one_more = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    reply = as_user(bob).post(flag_url(one_more), follow=True)
    assert "You have reported a great deal just now." in reply.content.decode()
    assert Flag.objects.count() == limits.FLAGS_BY_ACCOUNT.capacity


def test_what_is_reported_is_neither_quoted_nor_looked_up_by_who_has_reported_it(as_user, alice, bob, thread):
    now = clock.now()
    post = factories.make_post(thread, alice, body=CANARY, state=Post.State.PUBLISHED, published_at=now, created_at=now)
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), {"body": f"{CANARY} More.", "revision": 1})
    press(as_user, bob, post)
    address = reverse("classroom:thread", args=[thread.pk])
    assert CANARY not in as_user(bob).get(f"{address}?reply={post.pk}&quote=1").content.decode()
    assert as_user(bob).get(reverse("classroom:post_history", args=[post.pk])).status_code == 404


def test_a_thread_and_the_queue_cost_the_same_with_one_report_and_with_three(
    count_queries, as_user, teacher, bob, section, post, thread
):
    def reported() -> None:
        student = factories.make_user("Someone")
        factories.add_member(section, student)
        other = factories.make_post(thread, student, state=Post.State.PUBLISHED, to_review=True)
        Flag.objects.create(post=other, by=bob, text="", at=clock.now())

    reported()
    clients = [
        (as_user(bob), reverse("classroom:thread", args=[thread.pk])),
        (as_user(teacher), reverse("classroom:moderation")),
        (as_user(teacher), reverse("classroom:class_flags", args=[section.pk])),
        (as_user(bob), reverse("classroom:own_flags", args=[section.pk])),
    ]
    for client, address in clients:
        client.get(address)
    with_one = [count_queries(client, address) for client, address in clients]
    reported()
    reported()
    assert [count_queries(client, address) for client, address in clients] == with_one


@pytest.mark.django_db(transaction=True)
def test_reports_that_come_at_once_are_all_counted():
    teacher, alice = factories.make_teacher(), factories.make_user("Alice")
    section = factories.make_section(teacher=teacher, students=(alice,))
    TalkSettings.objects.create(section=section, flags_to_hide=4)
    thread = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)
    post = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    readers = [factories.make_user(f"Reader {number}") for number in range(4)]
    for reader in readers:
        factories.add_member(section, reader, Role.STUDENT)
    together = Barrier(4)

    def report(reader) -> None:
        try:
            together.wait()
            found, _flag = queries.get_post_to_flag(reader, post.pk, clock.now())
            actions.flag_post(post=found, by=reader, at=clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(report, readers))
    post.refresh_from_db()
    assert post.state == Post.State.FLAGGED
    assert Flag.objects.count() == 4


def test_a_report_of_what_its_author_deletes_is_closed_with_word(as_user, teacher, alice, bob, post, thread):
    press(as_user, bob, post)
    as_user(alice).post(reverse("classroom:post_delete", args=[post.pk]))
    assert Flag.objects.get().outcome == Flag.Outcome.CHANGED
    notices = reverse("classroom:notices")
    assert "that you had reported was deleted by its author" in as_user(bob).get(notices).content.decode()
    assert "deleted by its author" not in as_user(alice).get(notices).content.decode()
    assert "reported by readers" not in as_user(teacher).get(notices).content.decode()
    assert queries.reporters_in(thread.assignment.section_id)[0].unfounded == 0


def test_who_leaves_a_group_reads_no_more_of_what_came_of_their_report(as_user, teacher, alice, bob, section):
    group = factories.make_group(section, alice, bob)
    thread = factories.make_thread(section, together="groups", group=group)
    post = factories.make_post(thread, alice, body=CANARY, state=Post.State.PUBLISHED)
    press(as_user, bob, post)
    as_user(teacher).post(reverse("classroom:post_hide", args=[post.pk]), against(post))
    assert Flag.objects.get().outcome == Flag.Outcome.FOUNDED
    notices = reverse("classroom:notices")
    assert "that you had reported" in as_user(bob).get(notices).content.decode()
    group.members.remove(*group.members.filter(user=bob))
    assert "that you had reported" not in as_user(bob).get(notices).content.decode()
