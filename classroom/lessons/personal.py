"""What lessons keep about people: whose copy one is."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import TEACHING, Erase, Field, Kind, Table, impersonal, nothing
from classroom.lessons.models import Lesson, Step

_LESSON = (
    "id film key position title summary essential_question overview overview_html objectives grade_band minutes "
    "subjects standards materials content_note missing alternative_task quiz_key prompt_keys translations retired_at "
    "copied_from shared_at created_at changed_at revision"
)
_STEP = (
    "id lesson position kind title minutes body body_html teacher_note teacher_html show conflict topic quiz_key "
    "prompt_key answer completion facts translations is_hidden retired_at changed_at revision"
)

TABLES = [
    impersonal(Step, _("Steps of lessons"), *_STEP.split()),
    Table(
        Lesson,
        _("Lessons"),
        {
            **nothing(*_LESSON.split(), purpose="Content of a lesson."),
            "owner": Field(
                Kind.IDENTITY,
                "Which teacher's copy it is, named to the site's teachers where it is shared; empty for the kit's.",
                erase=Erase.KEEP,
            ),
        },
        readers=TEACHING,
    ),
]
