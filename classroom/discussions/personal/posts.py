"""What students and those who teach write, and what it was before."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import (
    NOBODY,
    SELF,
    SELF_AND_TEACHING,
    WHOLE_CLASS,
    Erase,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    nothing,
)
from classroom.discussions.models import Draft, Post, PostRevision, PostSource
from classroom.discussions.personal.forgetting import forget_posts
from classroom.discussions.seals import under_seal

TABLES = [
    Table(
        Post,
        _("Posts"),
        {
            **nothing("id", "revision", "key", "parent", "root", "place", "words"),
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
        sealed=under_seal("thread", "author"),
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
        sealed=under_seal("post__thread", "post__author"),
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
        sealed=under_seal("post__thread", "post__author"),
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
        sealed=Q(pk__isnull=False),
    ),
]
