"""Rate limits that live in the database, so that they hold over every process and a restart.

A token bucket (Turner, "New directions in communications", 1986): it holds up to ``capacity`` tokens, one is taken
for each try, and they come back evenly over ``per``.
"""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from classroom.people.models import RateBucket


@dataclass(frozen=True)
class Limit:
    name: str
    capacity: int
    per: timedelta


Found = TypeVar("Found")


class NoTriesLeft(Exception):
    """Too many were wrong lately; nothing was looked up."""


# A wrong code costs the address a try; a right one does not, so that a class behind one address all gets in. A bucket
# that is full gives its tokens and those that come back: ten and ten are the twenty an hour that are allowed.
WRONG_CODES_FROM_ADDRESS = Limit("join-address", 10, timedelta(hours=1))
WRONG_CODES_BY_ACCOUNT = Limit("join-account", 10, timedelta(hours=1))
# Reports of posts by a student: more than anybody means, and fewer than a game needs.
FLAGS_BY_ACCOUNT = Limit("flags", 20, timedelta(hours=1))
_by_account = [WRONG_CODES_BY_ACCOUNT, FLAGS_BY_ACCOUNT]


def register_by_account(*limits: Limit) -> None:
    """Limits of a room whose ``who`` is an account's number, or ends in ":" and that: they go with the person."""
    _by_account.extend(each for each in limits if each not in _by_account)


def forget(account_id: int) -> int:
    """Delete what is counted of an account; how many buckets there were."""
    own = Q()
    for limit in _by_account:
        own |= Q(key__startswith=f"{limit.name}:", key__endswith=f":{account_id}")
    return RateBucket.objects.filter(own).delete()[0]


@transaction.atomic
def take(limit: Limit, who: str, *, at: datetime) -> bool:
    """Take one try from ``who``'s bucket; False where it is empty."""
    bucket, _made = RateBucket.objects.select_for_update().get_or_create(
        key=f"{limit.name}:{who}", defaults={"tokens": float(limit.capacity), "updated_at": at}
    )
    left = _refilled(bucket, limit, at)
    if left < 1:
        return False
    bucket.tokens, bucket.updated_at = left - 1, at
    bucket.save(update_fields=["tokens", "updated_at"])
    return True


@transaction.atomic
def guarded(buckets: Sequence[tuple[Limit, str]], look_up: Callable[[], Found | None], *, at: datetime) -> Found | None:
    """What ``look_up`` finds, for one try of each bucket where it finds nothing. Raises NoTriesLeft.

    The buckets are held meanwhile: tries that come at once cannot all be looked up for the price of one.
    """
    held = []
    for limit, who in sorted(buckets, key=lambda bucket: bucket[0].name):
        bucket, _made = RateBucket.objects.select_for_update().get_or_create(
            key=f"{limit.name}:{who}", defaults={"tokens": float(limit.capacity), "updated_at": at}
        )
        left = _refilled(bucket, limit, at)
        if left < 1:
            raise NoTriesLeft
        held.append((bucket, left))
    found = look_up()
    if found is None:
        for bucket, left in held:
            bucket.tokens, bucket.updated_at = left - 1, at
            bucket.save(update_fields=["tokens", "updated_at"])
    return found


def has_tries(limit: Limit, who: str, *, at: datetime) -> bool:
    """Whether a try is left, without taking it."""
    bucket = RateBucket.objects.filter(key=f"{limit.name}:{who}").first()
    return bucket is None or _refilled(bucket, limit, at) >= 1


def _refilled(bucket: RateBucket, limit: Limit, at: datetime) -> float:
    passed = max((at - bucket.updated_at) / limit.per, 0.0)
    return min(float(limit.capacity), bucket.tokens + passed * limit.capacity)


def network_of(address: str) -> str:
    """The address by which tries are counted: of IPv6, the /64 that one line has, since all of it is one person's."""
    found = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
