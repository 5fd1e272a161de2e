"""A person's own jobs, and nobody else's."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from classroom.jobs.models import Job, JobFile


def get_own(by: int, job: UUID) -> Job:
    """Raises 404 for what somebody else has asked for."""
    return get_object_or_404(Job, pk=job, by=by)


def get_done(by: int, job: UUID, kind: str) -> Job:
    """A job of somebody's own that is done, of one kind; else 404."""
    return get_object_or_404(Job, pk=job, by=by, kind=kind, state=Job.State.DONE)


def file_of(job: UUID, by: int) -> bytes | None:
    """The file that somebody's own job was given or has made; None once it is gone."""
    found = JobFile.objects.filter(job=job, job__by=by).values_list("body", flat=True).first()
    return None if found is None else bytes(found)


def recent_of(by: int, ended_since: datetime) -> list[Job]:
    """What somebody has asked for that is not over, or has not been for long; the newest first."""
    lasting = Q(state__in=Job.UNFINISHED) | Q(ended_at__gt=ended_since)
    return list(Job.objects.filter(lasting, by=by).order_by("-asked_at"))


def asked_before(*, kind: str, by: int, asked: Mapping[str, Any]) -> Job | None:
    """The job that a first press of the same button has begun."""
    return Job.objects.filter(kind=kind, by=by, mark=mark_of(asked)).first()


def mark_of(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
