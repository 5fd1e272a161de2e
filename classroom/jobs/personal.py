"""What long work keeps about people."""

import json

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import NOBODY, SELF, Erase, Erasing, Field, Keep, Kind, Table, impersonal, nothing
from classroom.jobs.kinds import kind_of
from classroom.jobs.models import Job, JobFile


def forget(erasing: Erasing) -> int:
    """A list of students that waits may name the person who goes; it is not made, and can be sent again."""
    if not erasing.whole:
        return 0
    words = [word.casefold() for word in erasing.words if word]
    naming = [
        job.pk
        for job in Job.objects.unfinished()
        if kind_of(job).names_people
        and any(word in json.dumps(job.asked, ensure_ascii=False).casefold() for word in words)
    ]
    return int(Job.objects.filter(pk__in=naming).delete()[0])


TABLES = [
    Table(
        Job,
        _("Long work, such as the import of a list"),
        {
            **nothing("id", "mark", "task", "tries", "back"),
            "kind": Field(Kind.TECHNICAL, "What was to be done."),
            "by": Field(Kind.IDENTITY, "Who has asked for it."),
            "section": Field(Kind.TECHNICAL, "For which class.", shown="section__name"),
            "about": Field(Kind.TECHNICAL, "The name of the class, quiz or film that it was for."),
            "asked": Field(
                Kind.IDENTITY,
                "What the worker needs, such as the names in a list; gone when the work is over.",
                NOBODY,
                copied=False,
            ),
            "kept": Field(
                Kind.TECHNICAL, "From which login cards can be shown; gone an hour after.", NOBODY, copied=False
            ),
            "told": Field(Kind.TECHNICAL, "How many things were changed.", copied=False),
            "state": Field(Kind.TECHNICAL, "Whether it is over."),
            "fault": Field(Kind.TECHNICAL, "Why it failed."),
            "asked_at": Field(Kind.TECHNICAL, "When it was asked for."),
            "started_at": Field(Kind.TECHNICAL, "When it was begun."),
            "ended_at": Field(Kind.TECHNICAL, "When it was over."),
        },
        readers=SELF,
        keep=Keep.TASKS,
        age="asked_at",
        erase=Erase.DELETE,
        whose="by",
        by_hand=forget,
    ),
    impersonal(JobFile, _("Kits that are being loaded, as files; gone an hour after"), "id", "job", "body"),
]
