"""User names made from names, such as maria.perez for María José Pérez."""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Lower

from classroom.people.models import User

_LONGEST = 50  # leaves room for a number behind it


def username_base(name: str) -> str:
    """First and last word in plain letters; letters that have no plain form, such as Chinese ones, stay."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").lower())
    if not words:
        words = ["".join(re.findall(r"\w", unicodedata.normalize("NFKC", name)))]
    return ".".join([words[0], *words[1:][-1:]])[:_LONGEST] or "student"


def free_usernames(names: Iterable[str], *, reserved: Iterable[str] = ()) -> list[str]:
    """A user name for each name, in order, that nobody has yet and that is in no other row; in two queries."""
    bases = [username_base(name) for name in names]
    taken = {each.lower() for each in reserved}
    taken |= _in_use(Q(low__in={base.lower() for base in bases}))
    crowded = {base.lower() for base in bases} & taken | {base for base in bases if bases.count(base) > 1}
    if crowded:
        starts = Q()
        for base in crowded:
            starts |= Q(low__startswith=base)
        taken |= _in_use(starts)
    found = []
    for base in bases:
        username, number = base, 2
        while username.lower() in taken:
            username, number = f"{base}{number}", number + 1
        taken.add(username.lower())
        found.append(username)
    return found


def _in_use(which: Q) -> set[str]:
    return set(User.objects.annotate(low=Lower("username")).filter(which).values_list("low", flat=True))
