"""Pages about people's data: a teacher's, a student's own, and an admin's."""

from classroom.privacy.views.office import erasure, erasure_refuse, office, person, person_copy
from classroom.privacy.views.retention import retention
from classroom.privacy.views.school import authorisation, authorisation_withdraw, own_copy, student_copy, student_data

__all__ = [
    "authorisation",
    "authorisation_withdraw",
    "erasure",
    "erasure_refuse",
    "office",
    "own_copy",
    "person",
    "person_copy",
    "retention",
    "student_copy",
    "student_data",
]
