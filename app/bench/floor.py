"""The floor: a bare Flask application on the same data, with no log-in, no permission, no frame around the page.

It does just what each operation cannot do without, and so shows how fast this stack can be here and now.
Run as `python -m app.bench.floor DATABASE_URL PORT`.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, redirect, request
from flask import session as cookie
from gunicorn.app.base import BaseApplication
from jinja2 import Environment
from sqlalchemy import ForeignKey, Index, String, Text, and_, create_engine, event, func, literal_column, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload

from app import tether
from app.clock import now, today

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy import ColumnElement, Engine, Select

WORKERS, PAGE = 2, 25
OPEN_SQL = "status IN ('new','progress')"
# A move keeps open tasks open, so that the data keeps its shape.
TURN = {"new": "progress", "progress": "new", "done": "cancelled", "cancelled": "done"}
STATUSES = tuple(TURN)
_FOUND = "SELECT t.id, t.title, t.status, t.due, u.name AS unit_name FROM task t JOIN unit u ON u.id = t.unit_id"
FIND = {
    "sqlite": f"{_FOUND} JOIN task_words w ON w.rowid = t.id WHERE task_words MATCH :word ORDER BY t.due LIMIT {PAGE}",
    "postgresql": f"{_FOUND} WHERE t.words @@ plainto_tsquery('simple', :word) ORDER BY t.due LIMIT {PAGE}",
}


class FloorBase(DeclarativeBase):
    """Root of the floor's three tables."""


class Unit(FloorBase):
    """A unit."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))


class Task(FloorBase):
    """A task."""

    __tablename__ = "task"
    __table_args__ = (
        Index("task_open_due", "due", sqlite_where=text(OPEN_SQL), postgresql_where=text(OPEN_SQL)),
        Index("task_unit_status", "unit_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    status: Mapped[str] = mapped_column(String(12))
    created: Mapped[datetime]
    due: Mapped[date]
    closed: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship()
    history: Mapped[list[Change]] = relationship(order_by="Change.at")


class Change(FloorBase):
    """One line of a task's history."""

    __tablename__ = "history"
    __table_args__ = (Index("history_task", "task_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    at: Mapped[datetime]
    author_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(12))
    old: Mapped[str | None] = mapped_column(String(40))
    new: Mapped[str | None] = mapped_column(String(40))


_TOP = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Floor</title><link rel=stylesheet href=/floor.css>"
    "</head><body><header><nav>"
    + " ".join(f"<a href=/place{n}>Place {n}</a>" for n in range(12))
    + "</nav></header><main>"
)
_END = "</main><footer>End</footer></body></html>"
_JINJA = Environment(autoescape=True)
LIST = _JINJA.from_string(
    _TOP
    + """<h1>Tasks</h1>{% if total is defined %}<p>{{ total }} tasks</p>{% endif %}
<table><thead><tr><th>No.<th>Title<th>Unit<th>Status<th>Due</thead><tbody>
{% for row in rows %}<tr class="line {{ "late" if row.due < today }}"><td><a href="/task/{{ row.id }}">{{ row.id }}</a>
<td><a href="/task/{{ row.id }}">{{ row.title }}</a><td>{{ row.unit_name }}
<td><span class="mark {{ row.status }}">{{ row.status }}</span>
<td><time datetime="{{ row.due }}">{{ row.due }}</time></tr>
{% endfor %}</tbody></table>"""
    + _END
)
TASK = _JINJA.from_string(
    _TOP
    + """<h1>{{ task.title }}</h1><p>{{ task.unit.name }}, {{ task.status }}, {{ task.due }}</p><p>{{ task.detail }}</p>
<form method=post action="/move/{{ task.id }}"><input type=hidden name=token value="{{ token }}">
<select name=status>{% for name in statuses %}<option>{{ name }}{% endfor %}</select></form>
<ol>{% for line in task.history %}<li>{{ line.at }} {{ line.author_id }} {{ line.field }}:
{{ line.old }} → {{ line.new }}{% endfor %}</ol>"""
    + _END
)
SUMMARY = _JINJA.from_string(
    _TOP
    + """<table>{% for name, counts in rows %}<tr class=line><td>{{ name }}
{% for status in statuses %}<td>{{ counts.get(status, 0) }}{% endfor %}{% endfor %}</table>"""
    + _END
)


def floor_engine(url: str) -> Engine:
    """Return an engine as plain as can be, SQLite in WAL mode."""
    engine = create_engine(url, pool_size=8, max_overflow=4)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own object
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def floor_app(url: str) -> Flask:
    """Return the application on a database that `floor_data` filled."""
    app, engine = Flask("floor"), floor_engine(url)
    app.secret_key = "floor"  # noqa: S105 -- nobody logs in
    _pages(app, engine)
    _numbers(app, engine)
    return app


def _overdue() -> ColumnElement[bool]:
    return and_(literal_column(OPEN_SQL), Task.due < today())


def _page(number: int) -> Select[*tuple[Any, ...]]:
    columns = (Task.id, Task.title, Task.status, Task.due, Unit.name.label("unit_name"))
    query = select(*columns).join(Unit, Unit.id == Task.unit_id).where(_overdue()).order_by(Task.due)
    return query.limit(PAGE).offset(PAGE * (number - 1))


def _pages(app: Flask, engine: Engine) -> None:
    @app.get("/list")
    def listing() -> str:
        cookie["seen"] = cookie.get("seen", 0)
        with Session(engine) as session:
            session.get(Unit, 1)  # the reader
            total = session.scalar(select(func.count()).select_from(Task).where(_overdue()))
            rows = session.execute(_page(int(request.args.get("page", 1)))).all()
            return LIST.render(rows=rows, today=today(), total=total)

    @app.get("/task/<int:number>")
    def task(number: int) -> str:
        query = select(Task).options(joinedload(Task.unit), selectinload(Task.history)).where(Task.id == number)
        with Session(engine) as session:
            return TASK.render(task=session.scalars(query).one(), token="t" * 40, statuses=STATUSES)

    @app.post("/move/<int:number>")
    def move(number: int) -> ResponseReturnValue:
        with Session(engine) as session, session.begin():
            task = session.get_one(Task, number)
            old, task.status = task.status, TURN[task.status]
            assert request.form["status"]  # noqa: S101 -- read the form, as any handler would
            at = now().replace(tzinfo=None)
            session.add(Change(task_id=number, at=at, author_id=1, field="status", old=old, new=task.status))
        return redirect(f"/task/{number}", 303)


def _numbers(app: Flask, engine: Engine) -> None:
    find = text(FIND[engine.dialect.name]).columns(Task.id, Task.title, Task.status, Task.due)

    @app.get("/summary")
    def summary() -> str:
        count = select(Task.unit_id, Task.status, func.count()).group_by(Task.unit_id, Task.status)
        with engine.connect() as connection:
            found: dict[int, dict[str, int]] = {}
            for unit, status, number in connection.execute(count):
                found.setdefault(unit, {})[status] = number
            names = {unit.id: unit.name for unit in connection.execute(select(Unit.id, Unit.name))}
        return SUMMARY.render(rows=[(names[unit], found[unit]) for unit in sorted(found)], statuses=STATUSES)

    @app.get("/search")
    def search() -> str:
        with engine.connect() as connection:
            rows = connection.execute(find, {"word": request.args["word"]}).all()
        return LIST.render(rows=rows, today=today())


class Server(BaseApplication):
    """Gunicorn with two sync workers, each with an application of its own."""

    def __init__(self, url: str, port: int) -> None:
        """Serve this database on this port of the machine itself."""
        self.url, self.port = url, port
        super().__init__()

    def load_config(self) -> None:
        """Set what the product's own server sets."""
        options: dict[str, Any] = {"workers": WORKERS, "bind": f"127.0.0.1:{self.port}", "loglevel": "warning"}
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 -- a WSGI application
        """Return a worker's application."""
        return floor_app(self.url)


if __name__ == "__main__":
    tether.watch()
    Server(sys.argv[1], int(sys.argv[2])).run()
