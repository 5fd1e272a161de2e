"""A person's own jobs, and nobody else's."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from classroom.jobs.models import Job


def get_own(by: int, job: UUID) -> Job:
    """Raises 404 for what somebody else has asked for."""
    return get_object_or_404(Job, pk=job, by=by)


def asked_before(*, kind: str, by: int, asked: Mapping[str, Any]) -> Job | None:
    """The job that a first press of the same button has begun."""
    return Job.objects.filter(kind=kind, by=by, mark=mark_of(asked)).first()


def mark_of(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
