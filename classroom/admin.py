"""The admin panel of the classroom, gathered from its rooms; signing in to it goes through the accounts' own pages."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from classroom.assignments import admin as assignments
from classroom.audit import admin as audit
from classroom.common.panel import Shelf, put
from classroom.discussions import admin as discussions
from classroom.gradebook import admin as gradebook
from classroom.jobs import admin as jobs
from classroom.lessons import admin as lessons
from classroom.library import admin as library
from classroom.moderation import admin as moderation
from classroom.notices import admin as notices
from classroom.operations import admin as operations
from classroom.people import admin as people
from classroom.people import admin_accounts as accounts
from classroom.privacy import admin as privacy
from classroom.rubrics import admin as rubrics
from classroom.screening import admin as screening
from classroom.stances import admin as stances

__all__ = [
    "accounts",
    "assignments",
    "audit",
    "discussions",
    "gradebook",
    "jobs",
    "lessons",
    "library",
    "moderation",
    "notices",
    "operations",
    "people",
    "privacy",
    "rubrics",
    "screening",
    "stances",
]

put(Shelf.PEOPLE, people, accounts)
put(Shelf.CLASSES, assignments)
put(Shelf.KIT, lessons, library)
put(Shelf.TALK, *discussions.ROOMS, moderation, rubrics, screening, stances)
put(Shelf.RECORDS, audit, gradebook, notices, privacy)
put(Shelf.SITE, jobs, operations)

admin.site.site_header = "Lights Up"
admin.site.site_title = "Lights Up"
admin.site.index_title = _("Admin panel")
# As allauth's documentation has it; one way in, with its limits and its second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
