"""People, as accounts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """Which colours the pages come in."""

    SYSTEM = "", _("As the device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """A person who can sign in; without a password only once somebody has set one."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(username, password, **{**fields, "is_staff": True, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person: a student, a teacher or an admin. Nothing is asked of a student but a name and a password."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("That user name is taken.")},
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As the teacher calls this person."))
    email = models.EmailField(_("e-mail"), blank=True)
    is_teacher = models.BooleanField(_("teacher"), default=False, help_text=_("May create classes and use the kits."))
    is_staff = models.BooleanField(_("admin"), default=False, help_text=_("May open the admin panel."))
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(
        _("demo sign-in"), default=False, help_text=_("Its password is printed, so only the demo lets it in.")
    )
    is_stand_in = models.BooleanField(
        _("stand-in"), default=False, editable=False, help_text=_("Holds a class's figures of an erased student.")
    )
    is_sample = models.BooleanField(
        _("pretend student"),
        default=False,
        editable=False,
        help_text=_("Of a sample class; nobody can sign in as one."),
    )
    welcome_closed = models.BooleanField(_("has put the welcome away"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("A language's code; empty where the browser says it.")
    )
    theme = models.CharField(_("colours"), max_length=5, choices=Theme, blank=True, default=Theme.SYSTEM)
    wide_spacing = models.BooleanField(_("wide spacing"), default=False)
    # Kept here by the room of notices: the person is fetched for every page, and its frame shows the number.
    unread_notices = models.PositiveIntegerField(_("unread notices"), default=0, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_any_case"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="user_email_any_case_where_given"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
