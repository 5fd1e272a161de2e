"""What the benchmark found, beside what is promised."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.bench.load import Measured, Request

FLOOR = "bare signed-in view"


@dataclass(frozen=True)
class Bound:
    """What a kind of request may cost at most: queries, CPU against the bare view's by one client, and how many times
    that against it in a crowded database. One that is not kept yet is an aim, which fails nothing. ``beside`` names
    another kind, and how many times the cost of that one it may have.
    """

    queries: int | None = None
    ratio: float | None = None
    grows: float | None = None
    is_kept: bool = True
    beside: tuple[str, float] | None = None


@dataclass(frozen=True)
class Case:
    """A kind of request to measure; ``make`` gives one by its serial number and client, ``number`` is how many.

    ``once``: each such request can be sent once only, so that none is to be had for warming up. ``apart``: the seconds
    that one client waits before each, and before each bare view that it is laid beside.
    """

    name: str
    number: int
    make: Callable[[int, int], Request]
    bound: Bound = field(default_factory=Bound)
    once: bool = False
    apart: float = 0.0


@dataclass(frozen=True)
class Cost:
    """What a kind of request costs: by the number of clients, and in queries.

    ``beside`` is the bare view by one client, measured in turns with it.
    """

    case: Case
    measured: dict[int, Measured]
    beside: Measured
    queries: int

    @property
    def ratio(self) -> float:
        """CPU by one client, against the bare view's of the same minute: what else the machine does slows both."""
        return self.measured[1].cpu_ms / self.beside.cpu_ms


def report(costs: Sequence[Cost], crowded: Sequence[Cost]) -> list[str]:
    """Print it all; what was promised and is not so, or went wrong."""
    floor = next(each for each in costs if each.case.name == FLOOR).measured
    print(
        f"{'':24}{'clients':>8}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'x floor':>8}{'SQL':>5}{'bytes':>9}"
    )
    for cost in costs:
        for clients, measured in cost.measured.items():
            ratio = cost.ratio if clients == 1 else measured.cpu_ms / floor[clients].cpu_ms
            print(
                f"{cost.case.name:24}{clients:>8}{measured.per_second:>8.0f}{measured.p50:>8.1f}{measured.p95:>8.1f}"
                f"{measured.cpu_ms:>8.2f}{ratio:>8.2f}{cost.queries:>5}{measured.bytes:>9}"
            )
    print()
    failed = []
    without = {each.case.name: each for each in costs}
    for cost in costs:
        bound = cost.case.bound
        failed += _compared(cost.case, "queries", cost.queries, bound.queries)
        failed += _compared(cost.case, "times the floor", cost.ratio, bound.ratio)
        if bound.beside:
            name, most = bound.beside
            failed += _compared(cost.case, f"times a {name}", cost.ratio / without[name].ratio, most)
    for cost in crowded:
        growth = cost.ratio / without[cost.case.name].ratio
        failed += _compared(cost.case, "times as much when crowded", growth, cost.case.bound.grows)
        failed += _compared(cost.case, "queries when crowded", cost.queries, cost.case.bound.queries)
    errors = [error for cost in (*costs, *crowded) for each in cost.measured.values() for error in each.errors]
    for error in sorted(set(errors))[:10]:
        print(f"not answered as it should be: {error}")
    return failed + errors


def _compared(case: Case, what: str, found: float, most: float | None) -> list[str]:
    """Print a figure beside its bound; the case's name where it is a promise that is not kept."""
    if most is None:
        return []
    verdict = "ok" if found <= most else "PASSED" if case.bound.is_kept else "not yet"
    print(f"{case.name:24}{found:>8.3g} {what}, at most {most:g}: {verdict}")
    return [case.name] if verdict == "PASSED" else []
