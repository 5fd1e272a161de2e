"""Rate limits that live in the database, so that they hold over every process and a restart.

A token bucket (Turner, "New directions in communications", 1986): it holds up to ``capacity`` tokens, one is taken
for each try, and they come back evenly over ``per``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from classroom.people.models import RateBucket


@dataclass(frozen=True)
class Limit:
    name: str
    capacity: int
    per: timedelta


# A wrong code costs the address a try; a right one does not, so that a class behind one address all gets in.
WRONG_CODES_FROM_ADDRESS = Limit("join-address", 20, timedelta(hours=1))
WRONG_CODES_BY_ACCOUNT = Limit("join-account", 10, timedelta(hours=1))


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


def has_tries(limit: Limit, who: str, *, at: datetime) -> bool:
    """Whether a try is left, without taking it."""
    bucket = RateBucket.objects.filter(key=f"{limit.name}:{who}").first()
    return bucket is None or _refilled(bucket, limit, at) >= 1


def _refilled(bucket: RateBucket, limit: Limit, at: datetime) -> float:
    passed = max((at - bucket.updated_at) / limit.per, 0.0)
    return min(float(limit.capacity), bucket.tokens + passed * limit.capacity)
