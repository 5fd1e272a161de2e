"""How a class talks: its policy, and the words that it watches for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.layout import one_button
from classroom.discussions.models import TalkSettings
from classroom.screening.matching import is_entry
from classroom.screening.models import WatchedWord


class TalkForm(forms.ModelForm[TalkSettings]):
    class Meta:
        model = TalkSettings
        fields = ["policy", "first_posts", "flags_to_hide"]
        labels = {
            "policy": gettext_lazy("In every thread, at least"),
            "first_posts": gettext_lazy("First posts"),
            "flags_to_hide": gettext_lazy("Reports that hide a post"),
        }
        help_texts = {
            "policy": gettext_lazy("A thread can be more careful than this, and never less."),
            "flags_to_hide": gettext_lazy(
                "So many students have to report a post until the class no longer sees it. From the first on it waits "
                "for you, and who has reported it does not see it."
            ),
            "first_posts": gettext_lazy("How many of a student's posts a teacher approves where first posts wait."),
        }

    def __init__(self, data: Any = None, *, instance: TalkSettings) -> None:
        super().__init__(data, instance=instance, auto_id="talk-%s")
        self.helper = one_button(self, gettext_lazy("Save"))


class WordForm(forms.ModelForm[WatchedWord]):
    class Meta:
        model = WatchedWord
        fields = ["word", "action"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="word-%s")
        self.helper = one_button(self, gettext_lazy("Put it on the list"))

    def clean_word(self) -> str:
        word = " ".join(str(self.cleaned_data["word"]).split())
        if not is_entry(word):
            raise forms.ValidationError(_("Write a word of two letters or more, or one Chinese character or more."))
        return word
