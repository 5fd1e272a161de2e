"""Prompts, threads, posts, and the decisions made on them."""

from classroom.discussions.models.decisions import Decision
from classroom.discussions.models.posts import Post, PostQuerySet
from classroom.discussions.models.prompts import Guideline, Prompt
from classroom.discussions.models.threads import Pseudonym, Thread, ThreadQuerySet, ThreadVisit

__all__ = [
    "Decision",
    "Guideline",
    "Post",
    "PostQuerySet",
    "Prompt",
    "Pseudonym",
    "Thread",
    "ThreadQuerySet",
    "ThreadVisit",
]
