"""How the package uses a pattern: looked for anywhere in a text, or matched at one place of it only."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pobratim

SEARCHES = frozenset({"search", "finditer", "findall", "sub", "subn", "split", "scanner"})
MATCHES = frozenset({"match", "fullmatch"})
PLAIN = frozenset({"pattern", "flags", "groups", "groupindex"})


def is_searched(place: str) -> bool:
    """Whether the pattern at ``place`` (``module.NAME``) is searched for, as far as can be seen.

    Followed are ``NAME.match(…)``, ``NAME[key].match(…)`` and functions of the same module, or
    imported by it, that the pattern is given to. A use of another kind counts as a search, and so
    does no use at all.
    """
    module, _, name = place.split()[0].rpartition(".")
    home = module.rpartition(".")[2]
    used = [
        is_search
        for stem, tree in _modules()
        if stem == home or _imports(tree, home, name)
        for is_search in _uses(tree, tree, name)
    ]
    return not used or any(used)


def _uses(module: ast.Module, within: ast.AST, name: str, depth: int = 0) -> list[bool]:
    """For each use of ``name`` in the tree ``within``: whether it is a search."""
    parents = {child: node for node in ast.walk(within) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(within):
        if not (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)):
            continue
        value: ast.expr = node
        above = parents[node]
        if isinstance(above, ast.Subscript) and above.value is node:
            value, above = above, parents[above]
        if isinstance(above, ast.Compare):
            continue  # ``key in NAME``
        if isinstance(above, ast.Attribute):
            if above.attr not in PLAIN:
                found.append(above.attr not in MATCHES)
        elif isinstance(above, ast.Call) and depth < 3:
            found += _of_callee(module, above, value, depth)
        else:
            found.append(True)
    return found


def _of_callee(module: ast.Module, call: ast.Call, value: ast.expr, depth: int) -> list[bool]:
    """What the function that is called does with the argument ``value``."""
    is_method = isinstance(call.func, ast.Attribute)
    called = (
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    )
    for tree in (module, *_sources(module, called)):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == called and value in call.args:
                parameters = node.args.args[1:] if is_method else node.args.args
                inner = parameters[call.args.index(value)].arg
                return _uses(tree, node, inner, depth + 1) or [True]
    return [True]


def _sources(module: ast.Module, name: str) -> list[ast.Module]:
    """The modules of the package that ``module`` imports ``name`` from."""
    return [tree for stem, tree in _modules() if _imports(module, stem, name)]


def _imports(tree: ast.Module, home: str, name: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").rpartition(".")[2] == home
        and any(alias.name == name for alias in node.names)
        for node in ast.walk(tree)
    )


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted(Path(pobratim.__path__[0]).rglob("*.py"))
    return tuple((path.stem, ast.parse(path.read_text("utf-8"))) for path in paths)
