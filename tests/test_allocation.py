"""What a page frees is kept for the next one."""

from __future__ import annotations

import subprocess
import sys

import pytest

PAGES = """
import resource
{first}
def page():
    return [bytes(100_000) for _part in range(40)]
page()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _page in range(50):
    page()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def fetched(first: str) -> int:
    """Return how often a process of its own had to fetch memory for fifty like pages."""
    run = subprocess.run([sys.executable, "-c", PAGES.format(first=first)], capture_output=True, text=True, check=True)
    return int(run.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has what is set")
def test_memory_that_a_page_freed_is_not_fetched_anew_for_the_next() -> None:
    assert fetched("from app.allocation import keep_memory; keep_memory()") * 10 < fetched("")
