"""Prompts, threads, posts, what is reported of them, and the decisions made on them."""

from classroom.discussions.models.appeals import PostAppeal
from classroom.discussions.models.concerns import Concern
from classroom.discussions.models.decisions import Decision
from classroom.discussions.models.flags import Flag
from classroom.discussions.models.mutes import Mute
from classroom.discussions.models.openings import NameOpening
from classroom.discussions.models.places import below, depth_of
from classroom.discussions.models.posts import (
    Draft,
    Post,
    PostQuerySet,
    PostRevision,
    PostSource,
    is_by_staff,
    sources_asked_for,
)
from classroom.discussions.models.prompts import Guideline, Prompt
from classroom.discussions.models.settings import TalkSettings, settings_of
from classroom.discussions.models.tasks import Task, task_of
from classroom.discussions.models.threads import Pseudonym, Thread, ThreadQuerySet, ThreadVisit, readable_where

__all__ = [
    "Concern",
    "Decision",
    "Draft",
    "Flag",
    "Guideline",
    "Mute",
    "NameOpening",
    "Post",
    "PostAppeal",
    "PostQuerySet",
    "PostRevision",
    "PostSource",
    "Prompt",
    "Pseudonym",
    "TalkSettings",
    "Task",
    "Thread",
    "ThreadQuerySet",
    "ThreadVisit",
    "below",
    "depth_of",
    "is_by_staff",
    "readable_where",
    "settings_of",
    "sources_asked_for",
    "task_of",
]
