"""The words in which each room says what it keeps about people: the site's machine-readable data inventory.

A room has a ``personal.py`` with a ``Table`` for each of its models and a ``Field`` for each field of it. An app
gathers those of its rooms in its own ``personal.py``, as it does with models. Retention, the copy of a student's
record, the erasure and docs/privacy.md all read this inventory and nothing else, and a field that nobody has
classified fails a test: so that what is added later is kept, shown and erased by the same rules.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule


class Kind(Enum):
    """What class of data a field holds."""

    IDENTITY = "identity"
    CONTACT = "contact"
    EDUCATION = "education record"
    EXPRESSION = "expression"
    TECHNICAL = "technical"
    NONE = "none"


class Reader(Enum):
    """Who is shown it by a page of the site."""

    PERSON = "the person"
    CLASS = "the class"
    STAFF = "who teaches the class"
    ADMINS = "admins"


class Keep(Enum):
    """How long a row lasts. The value is the key of a period in ``settings.RETENTION_DAYS``; SITE has none.

    CLASS and VISITS count from the day on which the class is archived, ACCOUNT from the one on which a student is in no
    class any more; the others from the row's own ``Table.age``.
    """

    SITE = "site"
    ACCOUNT = "account"
    CLASS = "class"
    VISITS = "visits"
    AUDIT = "audit"
    INVITATIONS = "invitations"
    SESSIONS = "sessions"
    TASKS = "tasks"
    LIMITS = "limits"
    NOTICES = "notices"


class Erase(Enum):
    """What the erasure of a person does."""

    DELETE = "delete"
    CLEAR = "clear"
    ANONYMISE = "anonymise"
    KEEP = "keep"


SELF = (Reader.PERSON, Reader.ADMINS)
TEACHING = (Reader.STAFF, Reader.ADMINS)
SELF_AND_TEACHING = (Reader.PERSON, Reader.STAFF, Reader.ADMINS)
WHOLE_CLASS = (Reader.PERSON, Reader.CLASS, Reader.STAFF, Reader.ADMINS)
ONLY_ADMINS = (Reader.ADMINS,)
NOBODY: tuple[Reader, ...] = ()

Show = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. What is None is as its table says.

    ``shown`` is what the copy of a record gives for it: a lookup from the row, or a function of the row; ``copied`` is
    False for what is in no copy.
    """

    kind: Kind
    purpose: str
    readers: tuple[Reader, ...] | None = None
    keep: Keep | None = None
    erase: Erase | None = None
    shown: str | Show | None = None
    copied: bool = True


@dataclass(frozen=True, slots=True)
class Erasing:
    """An erasure under way. ``holder`` gives the nameless stand-in of a class, which figures go on to count.

    ``sections`` are the classes whose work goes; None where all of the person goes. ``words`` are what would tell who
    it was, wherever a library has written it: the user name, the e-mail address, the name.
    """

    person: int
    words: tuple[str, ...]
    sections: frozenset[int] | None
    holder: Callable[[int], int]
    at: datetime

    @property
    def whole(self) -> bool:
        return self.sections is None


@dataclass(frozen=True, slots=True)
class Table:
    """One model. ``whose`` and ``in_class`` are lookups from a row to the person and to the class that it belongs to.

    ``erase`` is for the rows of the erased person: deleted, or kept without them. ``by_hand`` does what these words
    cannot say, before all else; it returns how many rows it has changed. ``sealed`` picks the rows that nobody but
    their author may be shown as theirs. ``score_of`` leads to the assignment of which a row tells a score: who takes
    their own copy is given it once they may see that score. ``marks_of`` does so where a row tells what one answer
    earned, which may be told later than the score. ``age`` is the field from which a period counts, for what
    does not last as long as a class or an account.
    """

    model: type[Model]
    about: str | Promise
    fields: Mapping[str, Field]
    readers: tuple[Reader, ...] = ONLY_ADMINS
    keep: Keep = Keep.SITE
    erase: Erase = Erase.KEEP
    whose: str = ""
    in_class: str = ""
    age: str = ""
    sealed: Q = field(default_factory=Q)
    score_of: str = ""
    marks_of: str = ""
    by_hand: Callable[[Erasing], int] | None = None

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def is_personal(self) -> bool:
        return any(each.kind is not Kind.NONE for each in self.fields.values())

    def readers_of(self, name: str) -> tuple[Reader, ...]:
        own = self.fields[name].readers
        return self.readers if own is None else own

    def keep_of(self, name: str) -> Keep:
        return self.fields[name].keep or self.keep

    def erasure_of(self, name: str) -> Erase:
        own = self.fields[name]
        if own.erase is not None:
            return own.erase
        if self.erase is Erase.ANONYMISE:
            return Erase.ANONYMISE if name == self.whose else Erase.KEEP
        return self.erase


def nothing(*names: str, purpose: str = "Tells nothing of a person.") -> dict[str, Field]:
    """Fields that say nothing about a person: numbers of rows, and what the kit or the site brings itself."""
    return {name: Field(Kind.NONE, purpose) for name in names}


def by_staff(purpose: str) -> Field:
    """Who of the school did something. Their work stays when their account goes."""
    return Field(Kind.IDENTITY, purpose, erase=Erase.CLEAR, copied=False)


def impersonal(model: type[Model], about: str | Promise, *names: str) -> Table:
    """A table that holds nothing about anybody. Each field is named, so that a new one is looked at first."""
    return Table(model, about, nothing(*names, purpose="Content or working of the site."))


def tables() -> list[Table]:
    """All that is declared, higher rooms first: what hangs on a person comes before the person."""
    found: list[Table] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "personal") if config.module else False:
            found.extend(import_module(f"{config.name}.personal").TABLES)
    return found


def personal_tables() -> list[Table]:
    return [table for table in tables() if table.is_personal]


def unclassified(declared: Iterable[Table]) -> list[str]:
    """What is wrong with an inventory: fields that no table names, names that are no field, tables named twice."""
    by_model: dict[type[Model], Table] = {}
    faults = []
    for table in declared:
        if table.model in by_model:
            faults.append(f"{table.label} is declared twice")
        by_model[table.model] = table
    for model in apps.get_models():
        found = by_model.get(model)
        names = {each.name for each in (*model._meta.local_fields, *model._meta.local_many_to_many)}
        declared_names = set(found.fields) if found else set()
        faults += [f"{model._meta.label}.{name} is not classified" for name in sorted(names - declared_names)]
        faults += [f"{model._meta.label}.{name} is no field" for name in sorted(declared_names - names)]
    return faults
