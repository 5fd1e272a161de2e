"""A client for the benchmark: keep-alive connections on threads, plain sockets underneath, nothing clever."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """One request to send; ``body`` makes a POST of it."""

    path: str
    cookie: str
    body: str | None = None
    expect: tuple[int, ...] = (200,)


@dataclass
class Measured:
    """What a run of one kind of request came to; times in milliseconds."""

    seconds: float
    times_ms: list[float] = field(default_factory=list)
    bytes: int = 0
    cpu_seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times_ms) / self.seconds

    @property
    def p50(self) -> float:
        return statistics.median(self.times_ms)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times_ms, n=20)[-1]

    @property
    def cpu_ms(self) -> float:
        """Server CPU a request."""
        return self.cpu_seconds * 1000 / len(self.times_ms)


def run(
    address: tuple[str, int],
    server_pid: int,
    clients: int,
    number: int,
    make: Callable[[int, int], Request],
    *,
    apart: float = 0.0,
) -> Measured:
    """Send ``number`` requests over ``clients`` connections.

    ``make`` gives the request of a serial number and a client, counted from 0: a client sends one after another, and
    waits ``apart`` seconds before each.
    """
    measured = Measured(seconds=0.0)
    serials = iter(range(number))
    lock = threading.Lock()

    def client(place: int) -> None:
        connection = http.client.HTTPConnection(*address, timeout=60)
        while True:
            with lock:
                serial = next(serials, None)
                request = make(serial, place) if serial is not None else None
            if request is None:
                connection.close()
                return
            time.sleep(apart)
            started = time.perf_counter()
            connection.request(
                "POST" if request.body is not None else "GET", request.path, request.body, _headers(request)
            )
            reply = connection.getresponse()
            body = reply.read()
            took = (time.perf_counter() - started) * 1000
            with lock:
                measured.times_ms.append(took)
                measured.bytes = max(measured.bytes, len(body))
                if reply.status not in request.expect:
                    measured.errors.append(f"{reply.status} {request.path}")

    cpu_before, started = cpu_of_tree(server_pid), time.perf_counter()
    threads = [threading.Thread(target=client, args=[place]) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.seconds = time.perf_counter() - started
    measured.cpu_seconds = cpu_of_tree(server_pid) - cpu_before
    return measured


def _headers(request: Request) -> Mapping[str, str]:
    headers = {"Cookie": request.cookie, "Accept-Encoding": "identity"}
    if request.body is not None:
        token = "b" * 32
        headers |= {
            "Cookie": f"{request.cookie}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
    return headers


def cpu_of_tree(pid: int) -> float:
    """CPU seconds that the threads of a process and its descendants have used so far, from /proc: to the nanosecond, of
    threads that still live. Linux tells a whole process's to a hundredth of a second alone.
    """
    spent = 0
    for process in [pid, *_descendants(pid)]:
        for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
            try:
                spent += int(thread.read_text(encoding="ascii").split()[0])
            except FileNotFoundError:
                continue
    return spent / 1e9


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            found += [int(child), *_descendants(int(child))]
    return found
