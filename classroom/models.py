"""All models of the classroom, gathered from their rooms."""

from classroom.assignments.models import (
    Accommodation,
    Assignment,
    AssignmentOverride,
    AssignmentTarget,
    CalendarFeed,
    Excuse,
    StepAnswer,
    StepProgress,
    Visit,
)
from classroom.audit.models import AuditEvent
from classroom.discussions.models import (
    Concern,
    Decision,
    Draft,
    Guideline,
    Post,
    PostRevision,
    PostSource,
    Prompt,
    Pseudonym,
    TalkSettings,
    Task,
    Thread,
    ThreadVisit,
)
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score, ScoreEvent
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Citation, Conflict, Fact, Film, Passage, Reading, Source, Term, Topic
from classroom.moderation.models import Claim
from classroom.notices.models import MailChoice, Notice
from classroom.operations.models import Heartbeat
from classroom.people.models import Group, Invitation, JoinCode, Membership, RateBucket, Section, User
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold, RetentionRun, Tombstone
from classroom.screening.models import FilmWords, WatchedWord
from classroom.stances.models import Line, Mark

__all__ = [
    "Accommodation",
    "Assignment",
    "AssignmentOverride",
    "AssignmentTarget",
    "AuditEvent",
    "Authorisation",
    "CalendarFeed",
    "Category",
    "Citation",
    "Claim",
    "ColumnSettings",
    "Concern",
    "Conflict",
    "Decision",
    "Draft",
    "ErasureRequest",
    "Excuse",
    "Fact",
    "Film",
    "FilmWords",
    "GradingPolicy",
    "Group",
    "Guideline",
    "Heartbeat",
    "Invitation",
    "JoinCode",
    "LegalHold",
    "Lesson",
    "Line",
    "MailChoice",
    "Mark",
    "Membership",
    "Notice",
    "Passage",
    "Post",
    "PostRevision",
    "PostSource",
    "Prompt",
    "Pseudonym",
    "RateBucket",
    "Reading",
    "RetentionRun",
    "Score",
    "ScoreEvent",
    "Section",
    "Source",
    "Step",
    "StepAnswer",
    "StepProgress",
    "TalkSettings",
    "Task",
    "Term",
    "Thread",
    "ThreadVisit",
    "Tombstone",
    "Topic",
    "User",
    "Visit",
    "WatchedWord",
]
