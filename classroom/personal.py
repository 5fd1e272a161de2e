"""What the classroom keeps about people, gathered from its rooms; higher rooms first."""

from classroom.assignments import personal as assignments
from classroom.audit import personal as audit
from classroom.common.data_inventory import Table
from classroom.discussions import personal as discussions
from classroom.gradebook import personal as gradebook
from classroom.jobs import personal as jobs
from classroom.lessons import personal as lessons
from classroom.library import personal as library
from classroom.moderation import personal as moderation
from classroom.notices import personal as notices
from classroom.operations import personal as operations
from classroom.people import personal as people
from classroom.privacy import personal as privacy
from classroom.rubrics import personal as rubrics
from classroom.screening import personal as screening
from classroom.stances import personal as stances

TABLES: list[Table] = [
    *privacy.TABLES,
    *rubrics.TABLES,
    *stances.TABLES,
    *moderation.TABLES,
    *discussions.TABLES,
    *screening.TABLES,
    *gradebook.TABLES,
    *assignments.TABLES,
    *lessons.TABLES,
    *library.TABLES,
    *notices.TABLES,
    *operations.TABLES,
    *people.TABLES,
    *jobs.TABLES,
    *audit.TABLES,
]
