"""What was read and is still right: kept by each process under the stamps that the database draws anew."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, select

from app.db import STAMPS, session, table_of
from app.models import DataStamp
from app.models.data_stamp import ORGANISATION, TASKS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlalchemy import ScalarSelect

    T = TypeVar("T")

MOST = 1024
"""So many answers a process keeps, those asked for last."""
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def forget_kept() -> None:
    """Let this process begin as it does after a start: who counts what a page asks wants the dearest case."""
    with _lock:
        _kept.clear()


def stamp_of(name: str) -> ScalarSelect[int]:
    """Select the present number of a stamp, for a statement that is asked anyway."""
    stamp = table_of(DataStamp).c
    number: ScalarSelect[int] = select(stamp.value).where(stamp.name == bindparam(None, name)).scalar_subquery()
    return number


def remember_stamps(organisation: int, tasks: int) -> None:
    """Let this session know the numbers that came with another statement, until it writes anything itself."""
    session().info[STAMPS] = {ORGANISATION: organisation, TASKS: tasks}


def kept_while(stamp: str, key: Hashable, make: Callable[[], T], *also: str) -> T:
    """Return what `make` gave for this key while the stamp had the number that this session read; else make it anew.

    What is kept must be plain data that nobody changes, made of the stamp's tables and the key alone. Where the session
    knows no numbers, in jobs and after its own first change, everything is made anew.

    :param also: further stamps on which it depends.
    """
    numbers = session().info.get(STAMPS)
    if numbers is None:
        return make()
    whole = (key, numbers[stamp], *(numbers[name] for name in also))
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            found: T = _kept[whole]
            return found
    made = make()
    with _lock:
        _kept[whole] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
