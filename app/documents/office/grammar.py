"""The little language of templates: fields, lists and conditions, nothing that computes, calls or reaches inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from app.documents.office.errors import TemplateError
from app.documents.office.fields import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = 2
"""Lists within lists, at most."""
LOOP = ("index", "first", "last", "length")
_FILTERS = frozenset({"upper", "lower", "e"})
_PASSED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.And, nodes.Or, nodes.Not,
    nodes.Compare, nodes.Operand,
)  # fmt: skip
_Scope = "Mapping[str, tuple[str, ...]]"


class Grammar(SandboxedEnvironment):
    """Jinja cut down to the little language: everything else is refused before it is compiled.

    `unknown` gathers the fields that do not exist, in the order in which they stand.
    """

    def __init__(self) -> None:
        """Begin with nothing global: no function, no filter but a few."""
        super().__init__(autoescape=True)
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: kept for name, kept in self.filters.items() if name in _FILTERS}
        self.unknown: list[str] = []

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self._walk(tree, {}, 0)
        return tree

    def _walk(self, node: nodes.Node, scope: Mapping[str, tuple[str, ...]], depth: int) -> None:
        if isinstance(node, nodes.For):
            self._walk_list(node, scope, depth)
        elif isinstance(node, nodes.Getattr):
            self._note_item(node, scope)
        elif isinstance(node, nodes.Name):
            self._note_field(node, scope)
        elif isinstance(node, _PASSED) or _is_plain_filter(node):
            self._walk_below(node, scope, depth)
        else:
            raise TemplateError.not_plain(_called(node))

    def _walk_below(self, node: nodes.Node, scope: Mapping[str, tuple[str, ...]], depth: int) -> None:
        for child in node.iter_child_nodes():
            self._walk(child, scope, depth)

    def _walk_list(self, node: nodes.For, scope: Mapping[str, tuple[str, ...]], depth: int) -> None:
        if depth == DEEPEST or node.recursive or node.test or not isinstance(node.target, nodes.Name):
            raise TemplateError.not_plain("{% for %}")
        if not isinstance(node.iter, nodes.Name):
            raise TemplateError.not_plain(_called(node.iter))
        field = BY_NAME.get(node.iter.name)
        if field is None or not field.items:
            self._note(node.iter.name)
        inner = {**scope, node.target.name: field.items if field else (), "loop": LOOP}
        for child in (*node.body, *node.else_):
            self._walk(child, inner, depth + 1)

    def _note_item(self, node: nodes.Getattr, scope: Mapping[str, tuple[str, ...]]) -> None:
        if node.attr.startswith("_") or not isinstance(node.node, nodes.Name):
            raise TemplateError.not_plain(f".{node.attr}")
        if node.attr not in scope.get(node.node.name, ()):
            self._note(f"{node.node.name}.{node.attr}")

    def _note_field(self, node: nodes.Name, scope: Mapping[str, tuple[str, ...]]) -> None:
        if node.name.startswith("_"):
            raise TemplateError.not_plain(node.name)
        if node.name not in BY_NAME and node.name not in scope:
            self._note(node.name)

    def _note(self, name: str) -> None:
        if name not in self.unknown:
            self.unknown.append(name)


def _is_plain_filter(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Filter) and node.name in _FILTERS and not (node.args or node.kwargs)


def _called(node: nodes.Node) -> str:
    """Return what a construct is called by whoever writes templates."""
    inner: Any = getattr(node, "node", None)
    if isinstance(node, nodes.Call) and isinstance(inner, nodes.Name):
        return f"{inner.name}(…)"
    if isinstance(node, nodes.Filter):
        return f"|{node.name}"
    return type(node).__name__.lower()
