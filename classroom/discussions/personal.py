"""What discussions keep about people."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import (
    NOBODY,
    SELF,
    SELF_AND_TEACHING,
    WHOLE_CLASS,
    Erase,
    Erasing,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    impersonal,
    nothing,
)
from classroom.discussions.models import (
    Concern,
    Decision,
    Draft,
    Flag,
    Guideline,
    Mute,
    NameOpening,
    Post,
    PostAppeal,
    PostRevision,
    PostSource,
    Prompt,
    Pseudonym,
    TalkSettings,
    Task,
    Thread,
    ThreadVisit,
)

_PROMPT = (
    "id film key position text attribution passage age_band sensitive teacher_note right_to_pass younger_variant "
    "starters position_line facts retired_at"
)


_TALK = "id section policy first_posts flags_to_hide frozen_at freeze_in_quiz"


def forget_posts(erasing: Erasing) -> int:
    """Posts go, with the decisions on them. Where somebody else has replied, an empty place holds the replies."""
    posts = Post.objects.filter(author=erasing.person)
    if erasing.sections is not None:
        posts = posts.filter(thread__assignment__section__in=erasing.sections)
    parents = dict(posts.values_list("pk", "parent_id"))
    wanted = set(
        Post.objects.filter(parent__in=parents).exclude(author=erasing.person).values_list("parent_id", flat=True)
    )
    places = set()
    while wanted:
        place = wanted.pop()
        places.add(place)
        above = parents[place]
        if above in parents and above not in places:
            wanted.add(above)
    Flag.objects.filter(post__in=parents).delete()
    PostAppeal.objects.filter(decision__post__in=parents).delete()
    Decision.objects.filter(post__in=parents).delete()
    PostRevision.objects.filter(post__in=parents).delete()
    Concern.objects.filter(post__in=parents).delete()
    PostSource.objects.filter(post__in=parents).delete()
    for kept in Post.objects.filter(pk__in=places).select_related("thread__assignment"):
        Post.objects.filter(pk=kept.pk).update(
            author=erasing.holder(kept.thread.assignment.section_id),
            body="",
            body_html="",
            matches=[],
            to_review=False,
            words=0,
            state=Post.State.DELETED,
            edited_at=None,
            endorsed_at=None,
            endorsed_by=None,
        )
    Post.objects.filter(pk__in=set(parents) - places).delete()
    return len(parents)


def forget_what_was_said_alone(erasing: Erasing) -> int:
    """Where a student talked with those who teach alone, what these said goes as well: it was to and of the student."""
    threads = Thread.objects.filter(student=erasing.person)
    if erasing.sections is not None:
        threads = threads.filter(assignment__section__in=erasing.sections)
    Post.objects.filter(thread__in=threads).delete()
    return 0


TABLES = [
    Table(
        Decision,
        _("Decisions on posts"),
        {
            **nothing("id", "revision"),
            "post": Field(Kind.EDUCATION, "On which post.", shown="post__thread__assignment__title"),
            "kind": Field(Kind.EDUCATION, "What was decided."),
            "text": Field(Kind.EXPRESSION, "The text that was decided on."),
            "rule": Field(Kind.EDUCATION, "Under which rule of discussion.", shown="rule__title"),
            "reason": Field(Kind.EXPRESSION, "Why, as the author was told."),
            "about": Field(Kind.EXPRESSION, "Which words of the text it is about."),
            "by": by_staff("Who decided."),
            "at": Field(Kind.EDUCATION, "When."),
            "seen_at": Field(Kind.EDUCATION, "When the author saw it."),
            "before": Field(Kind.EDUCATION, "How the post stood before it.", copied=False),
            **nothing("undoes", "batch"),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="post__author",
        in_class="post__thread__assignment__section",
        sealed={"post__thread__names": Thread.Names.SEALED},
    ),
    Table(
        Post,
        _("Posts"),
        {
            **nothing("id", "revision", "key", "parent", "words"),
            "thread": Field(Kind.EDUCATION, "In which thread.", shown="thread__assignment__title"),
            "author": Field(
                Kind.IDENTITY, "Who wrote it; who may see the name, the thread's names policy says.", SELF_AND_TEACHING
            ),
            "body": Field(Kind.EXPRESSION, "What they said."),
            "matches": Field(Kind.EDUCATION, "Where the screening found what a teacher should see.", copied=False),
            "to_review": Field(Kind.EDUCATION, "Whether a teacher should look at it.", copied=False),
            "body_html": Field(Kind.EXPRESSION, "The same, as pages show it.", copied=False),
            "state": Field(Kind.EDUCATION, "Whether the class may read it."),
            "created_at": Field(Kind.EDUCATION, "When it was written."),
            "edited_at": Field(Kind.EDUCATION, "When it was mended."),
            "published_at": Field(Kind.EDUCATION, "When the class could first read it."),
            "endorsed_at": Field(Kind.EDUCATION, "When a teacher endorsed it."),
            "endorsed_by": by_staff("Who endorsed it."),
        },
        readers=WHOLE_CLASS,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="author",
        in_class="thread__assignment__section",
        sealed={"thread__names": Thread.Names.SEALED},
        by_hand=forget_posts,
    ),
    Table(
        PostRevision,
        _("Earlier texts of posts"),
        {
            **nothing("id", "revision"),
            "post": Field(Kind.EDUCATION, "Of which post.", shown="post__thread__assignment__title"),
            "body": Field(Kind.EXPRESSION, "What it said before; of a deleted post, those who teach alone see it."),
            "body_html": Field(Kind.EXPRESSION, "The same, as pages show it.", copied=False),
            "written_at": Field(Kind.EDUCATION, "When that was written."),
            "replaced_at": Field(Kind.EDUCATION, "When its author changed it or took it back."),
        },
        readers=WHOLE_CLASS,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="post__author",
        in_class="post__thread__assignment__section",
        sealed={"post__thread__names": Thread.Names.SEALED},
    ),
    Table(
        PostSource,
        _("What posts rest on"),
        {
            **nothing("id", "position"),
            "post": Field(Kind.EDUCATION, "Below which post.", shown="post__thread__assignment__title"),
            "fact": Field(Kind.EXPRESSION, "The fact that its author attached.", shown="fact__statement"),
            "passage": Field(
                Kind.EXPRESSION, "The paragraph that its author attached.", shown="passage__source__short_name"
            ),
        },
        readers=WHOLE_CLASS,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="post__author",
        in_class="post__thread__assignment__section",
        sealed={"post__thread__names": Thread.Names.SEALED},
    ),
    Table(
        Draft,
        _("Drafts of posts"),
        {
            **nothing("id", "parent"),
            "thread": Field(Kind.EDUCATION, "For which thread.", shown="thread__assignment__title"),
            "user": Field(Kind.IDENTITY, "Who is writing it.", NOBODY),
            "body": Field(Kind.EXPRESSION, "What they have written and not sent: nobody else sees it."),
        },
        readers=SELF,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="user",
        in_class="thread__assignment__section",
        sealed={"pk__isnull": False},
    ),
    Table(
        NameOpening,
        _("Openings of sealed names"),
        {
            **nothing("id"),
            "pseudonym": Field(Kind.EDUCATION, "In which thread.", shown="pseudonym__thread__assignment__title"),
            "reason": Field(Kind.EXPRESSION, "Why it was asked; the student reads it once the name is open."),
            "asked_by": by_staff("Who asked."),
            "asked_at": Field(Kind.EDUCATION, "When."),
            "state": Field(Kind.EDUCATION, "What came of it."),
            "answered_by": by_staff("Who of the others answered."),
            "answered_at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="pseudonym__user",
        in_class="pseudonym__thread__assignment__section",
        sealed={"pseudonym__opened_at": None},
    ),
    Table(
        Pseudonym,
        _("Names that students go by in a thread"),
        {
            **nothing("id"),
            "thread": Field(Kind.EDUCATION, "In which thread.", shown="thread__assignment__title"),
            "user": Field(Kind.IDENTITY, "Who goes by it; who may see that, the names policy says.", NOBODY),
            "name": Field(Kind.IDENTITY, "The pseudonym, drawn at random."),
            "opened_at": Field(Kind.EDUCATION, "Since when those who teach see whose it is, where names were sealed."),
        },
        readers=WHOLE_CLASS,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="user",
        in_class="thread__assignment__section",
        sealed={"thread__names": Thread.Names.SEALED},
    ),
    Table(
        ThreadVisit,
        _("When threads were looked at"),
        {
            **nothing("id"),
            "thread": Field(Kind.EDUCATION, "Which thread.", shown="thread__assignment__title"),
            "user": Field(Kind.IDENTITY, "Who looked.", NOBODY),
            "before": Field(Kind.EDUCATION, "When the visit before the last one ended: what is new is marked by it."),
            "at": Field(Kind.EDUCATION, "When they last looked. Nothing is kept of threads whose names are sealed."),
        },
        readers=SELF,
        keep=Keep.VISITS,
        erase=Erase.DELETE,
        whose="user",
        in_class="thread__assignment__section",
    ),
    Table(
        Mute,
        _("Students who may not post for a time"),
        {
            **nothing("id", "section"),
            "user": Field(Kind.IDENTITY, "Who may not post.", NOBODY),
            "thread": Field(Kind.EDUCATION, "Where: in one thread alone.", shown="thread__assignment__title"),
            "until": Field(Kind.EDUCATION, "Until when."),
            "reason": Field(Kind.EXPRESSION, "Why, as the student was told."),
            "by": by_staff("Who muted them."),
            "at": Field(Kind.EDUCATION, "Since when."),
            "lifted_by": by_staff("Who lifted it before its time."),
            "lifted_at": Field(Kind.EDUCATION, "When that was."),
            "replaced": Field(Kind.EDUCATION, "Whether another one stands in its place.", copied=False),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="user",
        in_class="section",
        sealed={"thread__names": Thread.Names.SEALED},
    ),
    Table(
        Concern,
        _("Posts that sounded as if somebody were in danger"),
        {
            **nothing("id", "revision", "taken_at", "mailed_at"),
            "post": Field(Kind.EDUCATION, "Which post.", shown="post__thread__assignment__title"),
            "text": Field(Kind.EXPRESSION, "The text as it was then."),
            "is_threat": Field(Kind.EDUCATION, "Whether it sounded like a threat."),
            "at": Field(Kind.EDUCATION, "When it was written."),
            "seen_by": by_staff("Who took care of it."),
            "seen_at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="post__author",
        in_class="post__thread__assignment__section",
        sealed={"post__thread__names": Thread.Names.SEALED},
    ),
    Table(
        Flag,
        _("Posts that somebody has reported"),
        {
            **nothing("id", "decision"),
            "post": Field(Kind.EDUCATION, "Which post.", shown="post__thread__assignment__title"),
            "by": Field(Kind.IDENTITY, "Who has reported it: classmates and the post's author never learn it."),
            "reason": Field(Kind.EDUCATION, "Why."),
            "note": Field(Kind.EXPRESSION, "What else the teacher should know."),
            "text": Field(Kind.EXPRESSION, "The text that was reported: somebody else's.", copied=False),
            "at": Field(Kind.EDUCATION, "When."),
            "outcome": Field(Kind.EDUCATION, "What came of it."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="by",
        in_class="post__thread__assignment__section",
        sealed={"post__thread__names": Thread.Names.SEALED},
    ),
    Table(
        PostAppeal,
        _("Appeals against decisions on posts"),
        {
            **nothing("id", "restored_by", "by_the_same"),
            "decision": Field(
                Kind.EDUCATION, "Against which decision.", shown="decision__post__thread__assignment__title"
            ),
            "words": Field(Kind.EXPRESSION, "What the author said."),
            "at": Field(Kind.EDUCATION, "When."),
            "outcome": Field(Kind.EDUCATION, "What was answered."),
            "rule": Field(Kind.EDUCATION, "Under which rule of discussion.", shown="rule__title"),
            "answer": Field(Kind.EXPRESSION, "What the author was told."),
            "answered_by": by_staff("Who answered."),
            "answered_at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="decision__post__author",
        in_class="decision__post__thread__assignment__section",
        sealed={"decision__post__thread__names": Thread.Names.SEALED},
    ),
    impersonal(TalkSettings, _("Settings of classes' talk"), *_TALK.split()),
    Table(
        Thread,
        _("Threads"),
        {
            **nothing("id", "prompt", "together", "names", "policy", "edit_minutes", "locked_at", "pinned_at", "group"),
            **nothing("slow_minutes"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Who talks in it with those who teach, where a student talks alone."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
        by_hand=forget_what_was_said_alone,
    ),
    impersonal(
        Task,
        _("Tasks of threads"),
        *["id", "assignment", "own_words", "replies", "sources", "post_first", "most_posts", "is_graded", "revision"],
    ),
    impersonal(
        Guideline, _("Rules of discussion"), "id", "film", "key", "position", "title", "text", "why", "retired_at"
    ),
    impersonal(Prompt, _("Prompts"), *_PROMPT.split()),
]
