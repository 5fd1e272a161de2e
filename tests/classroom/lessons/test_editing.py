"""A teacher changes a lesson of their own: its words, its facts, and what its steps show and ask."""

import pytest

from classroom.common.markdown import chips
from classroom.lessons import actions
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Film
from classroom.people.models import User
from tests import factories
from tests.classroom.lessons.desk import FORGED, change, cite, kit_lesson, own_copy, page, sent, steps_of
from tests.classroom.library.pages import get, make_conflict, text_of


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def copy(film: Film, teacher: User) -> Lesson:
    return own_copy(kit_lesson(film), teacher)


def desk(step: Step) -> str:
    return page("step_edit", step.lesson, step.pk)


# --- Words --------------------------------------------------------------------------------------------------------


def words(lesson: Lesson, **changes: object) -> dict[str, object]:
    lesson.refresh_from_db()
    plain = {
        name: getattr(lesson, name) for name in actions.LESSON_FIELDS if not isinstance(getattr(lesson, name), list)
    }
    lists = {"objectives": "Read a log.\n\nDoubt it.", "subjects": "History", "materials": "", "standards": "X.1: Read"}
    return {**plain, **lists, "revision": lesson.revision, **changes}


def test_a_lesson_is_renamed_and_planned_anew(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    fact = factories.make_fact(copy.film)
    data = words(copy, title="Keepers", minutes=25, overview=f"Read this first.{cite(fact)}")

    assert as_user(teacher).post(page("lesson_words", copy), data).status_code == 302

    copy.refresh_from_db()
    assert (copy.title, copy.minutes, copy.revision) == ("Keepers", 25, 2)
    assert copy.objectives == ["Read a log.", "Doubt it."]
    assert copy.standards == [{"code": "X.1", "title": "Read"}]
    assert fact.key in chips(copy.overview_html)
    assert copy.changed_at is not None


def test_the_form_shows_lists_as_lines(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    Lesson.objects.filter(pk=copy.pk).update(standards=[{"code": "X.1", "title": "Read: a log"}], objectives=["a", "b"])
    html = get(as_user(teacher), page("lesson_words", copy)).content.decode()

    assert "X.1: Read: a log" in html
    assert "a\nb" in html


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", "", "required"),
        ("minutes", "0", "greater than or equal to 1"),
        ("standards", "no colon here", "is not a code, a colon and a title"),
        ("overview", "Who?[^nobody]", "Line 1 names “nobody”"),
    ],
)
def test_what_cannot_be_is_refused_and_shown_again(  # type: ignore[no-untyped-def]
    copy: Lesson, teacher: User, as_user, field: str, typed: str, message: str
) -> None:
    reply = as_user(teacher).post(page("lesson_words", copy), words(copy, summary="What I typed", **{field: typed}))

    assert reply.status_code == 422
    assert message in text_of(reply)
    assert "What I typed" in text_of(reply)
    copy.refresh_from_db()
    assert copy.revision == 1


def test_a_stale_save_of_the_words_is_refused_with_both_texts(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    client, opened = as_user(teacher), words(copy)
    assert client.post(page("lesson_words", copy), {**opened, "title": "In the other tab"}).status_code == 302

    reply = client.post(page("lesson_words", copy), {**opened, "title": "In this tab"})

    assert reply.status_code == 409
    assert "In the other tab" in text_of(reply)
    assert 'value="In this tab"' in text_of(reply)
    copy.refresh_from_db()
    assert copy.title == "In the other tab"
    again = {**opened, "title": "In this tab", "revision": reply.context["form"]["revision"].value()}
    assert client.post(page("lesson_words", copy), again).status_code == 302
    copy.refresh_from_db()
    assert copy.title == "In this tab"


# --- Steps --------------------------------------------------------------------------------------------------------


def test_a_new_step_comes_last(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)

    assert get(client, page("step_new", copy))
    assert client.post(page("step_new", copy), sent(title="One more", body="Look at the lamp.")).status_code == 302

    assert [step.title for step in steps_of(copy)] == ["Step 1", "Step 2", "Step 3", "One more"]
    assert "<p>Look at the lamp.</p>" in steps_of(copy)[-1].body_html


def test_a_lesson_holds_so_many_steps_and_no_more(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    Step.objects.bulk_create(
        Step(lesson=copy, position=place, kind="read", title="x") for place in range(4, actions.MOST_STEPS + 1)
    )
    reply = as_user(teacher).post(page("step_new", copy), sent(body="Not lost"))

    assert reply.status_code == 422
    assert "at most 60 steps" in text_of(reply)
    assert "Not lost" in text_of(reply)


def test_a_saved_step_cites_what_its_texts_mark_and_the_facts_are_counted_anew(
    copy: Lesson, teacher: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    one, two = factories.make_fact(copy.film), factories.make_fact(copy.film)
    first, second, _third = steps_of(copy)
    change(as_user(teacher), second, body=f"Later.{cite(one)}", quiz_key=second.quiz_key)

    change(as_user(teacher), first, body=f"Now.{cite(two)}", teacher_note=f"Say so.{cite(one)}")

    first, second, _third = steps_of(copy)
    assert set(first.facts.all()) == {one, two}
    assert chips(first.body_html) == {two.key: 1}
    assert chips(second.body_html) == {one.key: 2}
    assert chips(first.teacher_html) == {one.key: 2}


def test_marks_that_name_nothing_are_refused_with_line_and_key(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    body = "Fine.\r\n\r\nBad.[^No Body] And [this](term:wickk).\r\n[That](conflict:none-such)."
    reply = as_user(teacher).post(desk(step), sent(step, body=body, teacher_note="Hm.[^nobody]"))

    assert reply.status_code == 422
    text = text_of(reply)
    for message in [
        "Line 3 names “No Body”: this film&#x27;s kit has no fact of that key.",
        "Line 3 names “wickk”: this film&#x27;s kit has no glossary term of that key.",
        "Line 4 names “none-such”: this film&#x27;s kit has no dispute of that key.",
        "Line 1 names “nobody”",
    ]:
        assert message in text
    step.refresh_from_db()
    assert step.revision == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"show": "conflict"}, "Say which dispute"),
        ({"show": "facts"}, "Say of which topic"),
        ({"conflict": "999999"}, "not one of the available choices"),
        ({"quiz_key": "no-such"}, "not one of the available choices"),
        ({"completion": "answered", "answer": ""}, "Nothing is written in this step"),
        ({"completion": "check"}, "This step asks no quiz"),
        ({"completion": "posted"}, "This step leads to no discussion"),
        ({"kind": "dance"}, "not one of the available choices"),
        ({"title": ""}, "required"),
    ],
)
def test_a_step_that_cannot_be_is_explained(copy: Lesson, teacher: User, as_user, changes, message: str) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    cleared = {"conflict": "", **changes}

    reply = as_user(teacher).post(desk(step), sent(step, body="What I typed", **cleared))

    assert reply.status_code == 422
    assert message in text_of(reply)
    assert "What I typed" in text_of(reply)


def test_a_lesson_brings_one_quiz(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    other = factories.make_quiz(copy.film, owner=teacher, title="Mine")
    first, check, _third = steps_of(copy)

    reply = as_user(teacher).post(desk(first), sent(first, quiz_key=other.key))
    assert reply.status_code == 422
    assert "“Step 2” asks another quiz already" in text_of(reply)

    assert change(as_user(teacher), check, quiz_key=other.key) == 302
    copy.refresh_from_db()
    assert copy.quiz_key == other.key


def test_prompts_follow_the_steps_that_lead_to_them(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    extra, new = factories.make_prompt(copy.film), factories.make_prompt(copy.film)
    Lesson.objects.filter(pk=copy.pk).update(prompt_keys=[*copy.prompt_keys, extra.key])

    change(as_user(teacher), steps_of(copy)[2], prompt_key=new.key)

    copy.refresh_from_db()
    assert copy.prompt_keys == [new.key, extra.key]


def test_what_is_typed_as_html_is_shown_and_not_run(copy: Lesson, teacher: User, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    body = f"{FORGED} <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://example.org/y.png)"
    change(as_user(teacher), step, title=FORGED, body=body, teacher_note=body)

    for address in (page("lesson_preview", copy), page("lesson_plan", copy), page("lesson_edit", copy), desk(step)):
        html = get(as_user(teacher), address).content.decode()
        assert FORGED not in html
        assert "<img" not in html
        assert 'href="javascript' not in html


def test_a_fact_that_no_database_could_name_is_not_there(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    # trust 25
    client, step = as_user(teacher), steps_of(copy)[0]
    for address in (page("lesson_edit", copy), desk(step)):
        assert client.get(address, {"fact": "a\x00"}).status_code == 200
    for do in ("cite", "mark", "uncite"):
        assert client.post(desk(step), {"do": f"{do}:a\x00", "body": "As it was."}).status_code == 200


def test_a_form_changes_nothing_that_it_does_not_show(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    # trust 16
    step, other = steps_of(copy)[0], factories.make_lesson(copy.film)
    forged = {
        "lesson": other.pk, "lesson_id": other.pk, "position": 9, "is_hidden": "on", "retired_at": "2026-01-01",
        "body_html": FORGED, "owner": "", "owner_id": "", "key": "x", "shared_at": "2026-01-01", "film": "",
        "quiz": "1", "copied_from": "", "overview_html": FORGED, "prompt_keys": '["x"]',
    }  # fmt: skip
    before = Lesson.objects.filter(pk=copy.pk).values().get()

    assert change(as_user(teacher), step, **forged, title="Changed") == 302
    assert as_user(teacher).post(page("lesson_words", copy), {**words(copy), **forged}).status_code == 302
    assert as_user(teacher).post(page("lesson_copy", copy), {**forged, "title": "Again"}).status_code == 302

    step.refresh_from_db()
    assert (step.lesson, step.position, step.is_hidden, step.retired_at) == (copy, 1, False, None)
    assert FORGED not in step.body_html
    after = Lesson.objects.filter(pk=copy.pk).values().get()
    same = ("owner_id", "key", "shared_at", "film_id", "quiz_key", "copied_from_id", "retired_at", "prompt_keys")
    assert [after[name] for name in same] == [before[name] for name in same]
    again = Lesson.objects.get(title="Again")
    assert (again.owner, again.shared_at, again.copied_from) == (teacher, None, copy)


def test_a_stale_save_is_refused_with_both_texts_and_may_be_repeated(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step, client = steps_of(copy)[0], as_user(teacher)
    opened = sent(step)
    assert client.post(desk(step), {**opened, "body": "Written on the tablet."}).status_code == 302

    reply = client.post(desk(step), {**opened, "body": "Written at the desk."})

    assert reply.status_code == 409
    assert "Written on the tablet." in text_of(reply)
    assert "Written at the desk." in text_of(reply)
    step.refresh_from_db()
    assert step.body == "Written on the tablet."
    again = {**opened, "body": "Written at the desk.", "revision": reply.context["form"]["revision"].value()}
    assert client.post(desk(step), again).status_code == 302


def test_the_same_text_twice_is_no_stale_save(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    opened = sent(step, body="Once.")

    assert [as_user(teacher).post(desk(step), opened).status_code for _each in range(2)] == [302, 302]
    step.refresh_from_db()
    assert step.revision == 2


def test_a_step_that_was_taken_out_meanwhile_still_takes_what_was_typed(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step, client = steps_of(copy)[0], as_user(teacher)
    opened = sent(step, body="Typed before.")
    client.post(page("step_remove", copy, step.pk), {"remove": "yes"})

    assert client.post(desk(step), opened).status_code == 302
    step.refresh_from_db()
    assert (step.body, step.retired_at is None) == ("Typed before.", False)


# --- Facts --------------------------------------------------------------------------------------------------------


def test_facts_are_found_by_words_topic_and_standing_and_what_was_typed_stays(
    copy: Lesson, teacher: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    factories.make_fact(copy.film, statement="A gull nested on the rail.", standing="disputed")
    factories.make_fact(copy.film, statement="A gull was fed.", standing="single-source")

    reply = as_user(teacher).post(
        desk(step),
        sent(step, do="find", body="Half a sentence", find="gull", find_standing="disputed", find_topic="lamp"),
    )

    assert reply.status_code == 200
    text = text_of(reply)
    assert "1 fact found." in text
    assert "A gull nested on the rail." in text
    assert "A gull was fed." not in text
    assert "disputed" in text
    assert "burned so long" in text
    assert "Half a sentence</textarea>" in text
    step.refresh_from_db()
    assert step.revision == 1


@pytest.mark.parametrize(("do", "added"), [("cite", "Typed.\n\nA gull nested.{mark}"), ("mark", "Typed.{mark}")])
def test_a_fact_is_added_to_what_was_typed_and_kept_on_saving(  # type: ignore[no-untyped-def]
    copy: Lesson, teacher: User, as_user, do: str, added: str
) -> None:
    step, client = steps_of(copy)[0], as_user(teacher)
    fact = factories.make_fact(copy.film, statement="A gull nested.")

    reply = client.post(desk(step), sent(step, body="Typed.", title="New title", do=f"{do}:{fact.key}"))

    typed = reply.context["form"]["body"].value()
    assert typed == added.format(mark=cite(fact))
    assert reply.context["form"]["title"].value() == "New title"
    assert "It is not saved yet" in text_of(reply)
    step.refresh_from_db()
    assert step.revision == 1
    assert client.post(desk(step), sent(step, body=typed)).status_code == 302
    assert list(step.facts.all()) == [fact]


def test_a_citation_is_taken_out_of_the_texts(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    fact, other = factories.make_fact(copy.film), factories.make_fact(copy.film)
    typed = sent(step, body=f"One.{cite(fact)}{cite(other)}", teacher_note=f"Two.{cite(fact)}", do=f"uncite:{fact.key}")

    form = as_user(teacher).post(desk(step), typed).context["form"]

    assert (form["body"].value(), form["teacher_note"].value()) == (f"One.{cite(other)}", "Two.")


def test_a_fact_of_another_film_or_none_is_not_added(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step = steps_of(copy)[0]
    foreign = factories.make_fact(factories.make_film("another"))
    for key in (foreign.key, "nobody", "]("):
        reply = as_user(teacher).post(desk(step), sent(step, body="Typed.", do=f"cite:{key}"))
        assert (reply.status_code, reply.context["form"]["body"].value()) == (200, "Typed.")


def test_the_preview_shows_what_was_typed_before_it_is_saved(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step, conflict = steps_of(copy)[1], make_conflict(copy.film, "how-many")
    fact = factories.make_fact(copy.film, statement="A gull nested.")

    data = sent(step, body=f"**Bold** gulls.{cite(fact)}", conflict=conflict.pk, answer="long", do="preview")
    text = text_of(as_user(teacher).post(desk(step), data))

    preview = text[text.index('id="preview"') :]
    assert "<strong>Bold</strong> gulls." in preview
    assert f'href="#fact-{fact.key}"' in preview
    assert "(how-many)" in preview
    assert 'rows="8" disabled' in preview
    assert "Quiz: Check" in preview


def test_the_desk_costs_the_same_however_much_there_is(copy: Lesson, teacher: User, as_user, count_queries) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)

    def costs() -> list[int]:
        step = steps_of(copy)[0]
        return [
            count_queries(client, each)
            for each in (page("lesson_edit", copy), desk(step), page("lesson_preview", copy))
        ]

    factories.make_quiz(copy.film, owner=teacher)
    change(client, steps_of(copy)[0], body=f"One.{cite(factories.make_fact(copy.film))}")
    few = costs()
    for number in range(3):
        facts = [factories.make_fact(copy.film) for _each in range(2)]
        step = actions.add_step(
            lesson=copy, values=_values(f"More {number}", "".join(map(cite, facts))), by=teacher, at=factories.NOW
        )
        actions.remove_step(step=step, by=teacher, at=factories.NOW) if number == 2 else None
    change(client, steps_of(copy)[0], body=steps_of(copy)[-1].body)
    assert costs() == few


def _values(title: str, body: str) -> dict[str, object]:
    values = dict.fromkeys(actions.STEP_FIELDS, "")
    return {**values, "kind": "read", "title": title, "minutes": 5, "body": body, "conflict": None, "topic": None}
