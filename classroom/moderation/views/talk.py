"""How a class talks, for its teachers to set."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.discussions.models import settings_of
from classroom.moderation import actions
from classroom.moderation.forms import TalkForm, WordForm
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Section
from classroom.people.permissions import Permission
from classroom.screening import queries as screening


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.TALK_RULE)
def talk_settings(request: SignedInRequest, section_id: int) -> HttpResponse:
    section = people.get_membership(request.user, section_id, Permission.TALK_RULE).section
    form = TalkForm(request.POST or None, instance=settings_of(section))
    if request.method == "POST" and form.is_valid():
        actions.change_talk(settings=form.instance, by=request.user, at=clock.now())
        messages.success(request, _("Saved."))
        return redirect("classroom:talk_settings", section.pk)
    return _page(request, section, form, WordForm(), status=422 if form.is_bound else 200)


@allow(Level.SIGNED_IN, "POST", needs=Permission.TALK_RULE)
def word_new(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Watch for a word; where it is on the list, do something else about it."""
    section = people.get_membership(request.user, section_id, Permission.TALK_RULE).section
    form = WordForm(request.POST)
    if form.is_valid():
        if undo.is_taking_back(request) and screening.is_watched(section.pk, form.cleaned_data["word"]):
            messages.info(request, _("Somebody has put this word on the list since, so nothing was changed."))
            return redirect("classroom:talk_settings", section.pk)
        actions.watch_word(section=section, by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("“%(word)s” is on the list.") % {"word": form.cleaned_data["word"]})
        return redirect("classroom:talk_settings", section.pk)
    return _page(request, section, TalkForm(instance=settings_of(section)), form, status=422)


@allow(Level.SIGNED_IN, "POST", needs=Permission.TALK_RULE)
def word_remove(request: SignedInRequest, section_id: int, word_id: int) -> HttpResponse:
    section = people.get_membership(request.user, section_id, Permission.TALK_RULE).section
    word = get_object_or_404(screening.class_words(section.pk), pk=word_id)
    actions.forget_word(word=word, section=section, by=request.user, at=clock.now())
    undo.done(
        request,
        _("“%(word)s” is off the list.") % {"word": word.word},
        undo=reverse("classroom:word_new", args=[section.pk]),
        word=word.word,
        action=word.action,
    )
    return redirect("classroom:talk_settings", section.pk)


def _page(request: SignedInRequest, section: Section, form: TalkForm, words: WordForm, *, status: int) -> HttpResponse:
    form.helper.form_action = reverse("classroom:talk_settings", args=[section.pk])
    words.helper.form_action = reverse("classroom:word_new", args=[section.pk])
    page = {
        "section": section,
        "form": form,
        "word_form": words,
        "words": list(screening.class_words(section.pk)),
        "trail": [
            (reverse("classroom:home"), _("Home")),
            (reverse("classroom:section", args=[section.pk]), section.name),
            ("", _("Discussion settings")),
        ],
    }
    return TemplateResponse(request, "classroom/moderation/talk.html", page, status=status)
