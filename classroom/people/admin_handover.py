"""In the admin panel: a departed colleague's classes, and what they have made, go to another teacher."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.people import actions, handover
from classroom.people.access import SignedInRequest
from classroom.people.models import Membership, Role, User


class TeacherField(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.username})"


class HandOverForm(forms.Form):
    to = TeacherField(label=_("To"), queryset=User.objects.none())
    with_own = forms.BooleanField(
        label=_("With the lessons, questions and quizzes that they have made"), required=False, initial=True
    )

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, TeacherField):
            field.queryset = User.objects.filter(is_teacher=True, is_active=True).exclude(pk=leaving.pk)


class HandsOverClasses(admin.ModelAdmin[User]):
    """An action on one person, and the page on which their classes' next teacher is chosen."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.hand_over_page)
        return [path("<int:user_id>/hand-over/", page, name="classroom_user_hand_over"), *super().get_urls()]

    @admin.action(description=_("Hand their classes to another teacher"), permissions=["change"])
    def hand_over(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse | None:
        people = list(chosen[:2])
        if len(people) != 1:
            messages.error(request, _("Choose one person at a time."))
            return None
        return redirect("admin:classroom_user_hand_over", people[0].pk)

    def hand_over_page(self, request: SignedInRequest, user_id: int) -> HttpResponse:
        leaving = get_object_or_404(User, pk=user_id)
        if not self.has_change_permission(request, leaving):
            raise Http404
        places = Membership.objects.filter(user=leaving, role=Role.TEACHER, ended_at__isnull=True)
        sections = [place.section for place in places.select_related("section").order_by("section__name")]
        own = handover.belongings_of(leaving)
        form = HandOverForm(request.POST if request.method == "POST" else None, leaving=leaving)
        if request.method == "POST" and form.is_valid():
            to = form.cleaned_data["to"]
            handed = actions.hand_over(
                leaving=leaving, to=to, with_own=form.cleaned_data["with_own"], by=request.user, at=clock.now()
            )
            messages.success(request, _("Handed over: %(count)d") % {"count": len(handed)})
            return redirect("admin:classroom_user_change", leaving.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": _("Hand classes to another teacher"),
            "form": form,
            "leaving": leaving,
            "sections": sections,
            "own": own,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/classroom/user/hand_over.html", page)
