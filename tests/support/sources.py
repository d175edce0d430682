"""Read the package's own sources: sizes of functions, codes of problems."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "govdocs"
_RAISERS = {"Problem", "of"}
_CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+\Z")


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code in a call that makes a problem, and the fields where they are written out there."""

    where: str
    code: str
    fields: frozenset[str] | None


@cache
def modules() -> dict[str, ast.Module]:
    """Parse every module of the package, by its path."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def function_sizes() -> Iterator[tuple[str, int]]:
    """Count the lines of every function without its head and docstring, as ``file:function``."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body:
                    size = (body[-1].end_lineno or 0) - body[0].lineno + 1
                    yield f"{path}:{node.name}", size


def file_sizes() -> Iterator[tuple[str, int]]:
    """Count the lines of every source file."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8").count("\n")


def code_uses() -> Iterator[CodeUse]:
    """Find every call of ``Problem`` or ``SomeError.of`` whose code is written out."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _callee(node) in _RAISERS and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and _is_code(code.value):
                    yield CodeUse(f"{path}:{node.lineno}", str(code.value), _field_names(node))


@cache
def literals() -> frozenset[str]:
    """Collect every string that stands in the sources."""
    return frozenset(
        node.value
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def literal_codes() -> set[str]:
    """Collect the strings that could be codes."""
    return {value for value in literals() if _is_code(value)}


@cache
def code_patterns() -> list[re.Pattern[str]]:
    """Collect codes with a part filled in late: ``f"relation.{kind}"``, as patterns."""
    return [
        re.compile("".join(_pattern(piece) for piece in node.values) + r"\Z")
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and _starts_like_a_code(node)
    ]


def _starts_like_a_code(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    return isinstance(first, ast.Constant) and bool(re.match(r"[a-z_]+\.", str(first.value)))


def _pattern(piece: ast.expr) -> str:
    return re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else r"[a-z0-9_]+"


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.match(value) is not None


def _callee(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _field_names(node: ast.Call) -> frozenset[str] | None:
    """Name the fields where they are a dict with its keys written out."""
    given = [keyword.value for keyword in node.keywords if keyword.arg == "fields"]
    if _callee(node) == "Problem":
        given += node.args[2:3]
    if not given:
        return frozenset()
    keys = given[0].keys if isinstance(given[0], ast.Dict) else [None]
    names = [str(key.value) for key in keys if isinstance(key, ast.Constant)]
    return frozenset(names) if len(names) == len(keys) else None
