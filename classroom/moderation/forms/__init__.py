"""Forms for what moderators decide, and for how a class talks."""

from classroom.moderation.forms.appeals import AnswerForm, AppealForm
from classroom.moderation.forms.deciding import AgainstForm, LeaveForm
from classroom.moderation.forms.flags import FlagForm
from classroom.moderation.forms.many import ManyForm, Picked
from classroom.moderation.forms.pausing import MuteForm, PauseForm
from classroom.moderation.forms.talk import TalkForm, WordForm

__all__ = [
    "AgainstForm",
    "AnswerForm",
    "AppealForm",
    "FlagForm",
    "LeaveForm",
    "ManyForm",
    "MuteForm",
    "PauseForm",
    "Picked",
    "TalkForm",
    "WordForm",
]
