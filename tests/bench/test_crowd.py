"""Several clients at once: each step once, so many in flight, rates and tails as they are."""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from app.bench.crowd import Crowded, Visits, measure_crowd, visit
from app.bench.measuring import Dose
from app.bench.operations import Operation, Side, Step
from app.bench.table import crowd_table, misses

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = Operation("list", "danh sách", "list", 2.0)


@contextmanager
def server(seconds: float = 0.0) -> Iterator[tuple[int, list[str], list[int]]]:
    """Serve slowly; give the port, the paths that were asked, and how many were there at each moment."""
    paths: list[str] = []
    there: list[int] = []
    inside: set[int] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            inside.add(threading.get_ident())
            there.append(len(inside))
            time.sleep(seconds)
            inside.discard(threading.get_ident())
            body = b"x" * 100_000
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving.server_address[1], paths, there
        serving.shutdown()


def steps(count: int) -> list[Step]:
    return [Step(f"GET /{n} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), lambda _answer: True) for n in range(count)]


def test_every_step_is_sent_once_by_so_many_clients() -> None:
    with server(0.1) as (port, paths, there):
        answers = list(visit(port, steps(24), clients=4))
    assert sorted(paths, key=lambda path: int(path[1:])) == [f"/{n}" for n in range(24)]
    assert all(right and answer.status == 200 and len(answer.body) == 100_000 for answer, right in answers)
    assert all(answer.seconds >= 0.1 for answer, _ in answers)
    assert 2 <= max(there) <= 4


def test_rates_are_requests_over_time_and_wrong_answers_count() -> None:
    wrong = [step._replace(is_right=lambda answer: answer.status != 200) for step in steps(16)]
    with server(0.01) as (port, _, _):
        supplies = itertools.cycle(steps(16)), itertools.cycle(wrong)
        sides = [Side(cast("Any", SimpleNamespace(port=port)), {"list": one}) for one in supplies]
        row = measure_crowd("sqlite", LIST, (sides[0], sides[1]), Dose(1, 60), 2)
    assert row
    assert (row.requests, row.wrong) == (32, 16)
    assert 0 < row.own_rps < 8 / 0.01
    assert not row.met


def test_nothing_is_measured_where_too_little_is_left_to_move() -> None:
    few = Side(cast("Any", SimpleNamespace(port=1)), {"list": iter(steps(5))})
    assert measure_crowd("sqlite", LIST, (few, few), Dose(1, 60), 1) is None


def test_a_tail_is_p95_over_the_median() -> None:
    assert Visits(seconds=[1.0] * 94 + [3.0] * 6).tail == 3.0
    assert Visits(seconds=[1.0] * 96 + [3.0] * 4).tail == 1.0


@pytest.mark.parametrize(("rps", "tail", "sentences"), [(50.0, 1.8, 0), (49.0, 1.8, 1), (50.0, 1.9, 1), (10.0, 9.0, 2)])
def test_both_bars_are_named_where_they_are_missed(rps: float, tail: float, sentences: int) -> None:
    row = Crowded("sqlite", "list", 100.0, rps, 1.2, tail, 1.0, 2.0, 2.0, 96, 0)
    assert row.met == (sentences == 0)
    assert len(misses([], crowds=[row])) == sentences
    assert ("KHÔNG ĐẠT" in crowd_table([row])) == (sentences > 0)
