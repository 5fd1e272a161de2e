"""What changes a lesson of a teacher's own. A kit's lessons are changed by loading their kit, and by nothing else."""

from classroom.lessons.actions.arranging import (
    StaleOrder,
    hide_step,
    move_step,
    order_steps,
    put_step_back,
    remove_step,
)
from classroom.lessons.actions.copying import copy_lesson
from classroom.lessons.actions.editing import (
    LESSON_FIELDS,
    STEP_FIELDS,
    StaleLesson,
    StaleStep,
    add_step,
    change_lesson,
    change_step,
)
from classroom.lessons.actions.keeping import restore, retire, share, unshare
from classroom.lessons.actions.settling import MOST_STEPS, TooManySteps

__all__ = [
    "LESSON_FIELDS",
    "MOST_STEPS",
    "STEP_FIELDS",
    "StaleLesson",
    "StaleOrder",
    "StaleStep",
    "TooManySteps",
    "add_step",
    "change_lesson",
    "change_step",
    "copy_lesson",
    "hide_step",
    "move_step",
    "order_steps",
    "put_step_back",
    "remove_step",
    "restore",
    "retire",
    "share",
    "unshare",
]
