"""What long work there is: each room that has some registers how it is done, and in which words it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from classroom.jobs.models import Job

if TYPE_CHECKING:
    from classroom.jobs.running import Run


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the result is; ``is_button`` where it is shown in reply to a form alone."""

    address: str
    words: str
    is_button: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of long work.

    ``run`` does it, in one transaction that ends with ``Run.finish``. ``told`` puts the job's numbers into a sentence,
    and ``onward`` says where to go from there. ``faults`` are the words for what ``running.Refused`` names.

    Where what is asked can name nobody, ``names_people`` is False: an erasure of somebody then lets the job be.

    Work that would keep everybody else from writing for too long may be many transactions, each of them whole. It then
    says so: ``note`` tells what to cancel it means, ``cancelled`` what has become of it, and ``faults`` has words of
    its own for actions.BROKEN and LOST.
    """

    key: str
    title: str | Promise
    run: "Callable[[Run], None]"
    told: Callable[[Mapping[str, Any]], str]
    onward: Callable[[Job], Onward]
    faults: Mapping[str, str | Promise] = field(default_factory=dict)
    names_people: bool = True
    note: str | Promise = ""
    cancelled: str | Promise = ""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kind_of(job: Job) -> Kind:
    return _kinds[job.kind]


# --- The worker ---------------------------------------------------------------------------------------------------

_asks: list[Callable[[], bool]] = []


def register_worker(lives: Callable[[], bool]) -> None:
    """How to ask whether a worker lives; the room that knows stands above this one."""
    _asks[:] = [lives]


def worker_lives() -> bool:
    return any(ask() for ask in _asks)
