"""All addresses of the classroom, gathered from their rooms."""

from classroom.assignments.urls import urlpatterns as assignments
from classroom.common.routes import grouped
from classroom.discussions.urls import urlpatterns as discussions
from classroom.gallery.urls import urlpatterns as gallery
from classroom.gradebook.urls import urlpatterns as gradebook
from classroom.lessons.urls import urlpatterns as lessons
from classroom.library.urls import urlpatterns as library
from classroom.moderation.urls import urlpatterns as moderation
from classroom.notices.urls import urlpatterns as notices
from classroom.operations.urls import urlpatterns as operations
from classroom.people.groups.urls import urlpatterns as groups
from classroom.people.urls import urlpatterns as people
from classroom.privacy.urls import urlpatterns as privacy
from classroom.rubrics.urls import urlpatterns as rubrics
from classroom.stances.urls import urlpatterns as stances

app_name = "classroom"
urlpatterns = grouped(
    [
        # First, and in it a thread's page: addresses are tried one after the other, and few are asked for as often.
        *discussions,
        *people,
        *groups,
        *library,
        *lessons,
        *assignments,
        *gradebook,
        *moderation,
        *notices,
        *operations,
        *privacy,
        *rubrics,
        *stances,
        *gallery,
    ]
)
