"""Settings of the command line: KEY=VALUE pairs laid over a dict.

A key is a path: names between dots, ``[0]`` for the place in a list. A value is a word of YAML: 5
is a number, 0771 and "5" in quotes are text, nothing is null. The dict that comes in is left as it
is.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from govdocs.data.scalars import ScalarError, plain_value
from govdocs.data.texts import DataText
from govdocs.errors import DataError, Place, Problem, UsageError

_NAME = r"[^\s.\[\]=][^.\[\]=]*"
_PATH = re.compile(rf"\s*{_NAME}(?:\.{_NAME}|\[[0-9]{{1,9}}\])*\s*")
_STEP = re.compile(rf"({_NAME})|\[([0-9]+)\]")

Step = str | int


def lay_over(data: Mapping[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """Lay settings over a dict, one after the other, and return the new dict.

    Raises:
        UsageError: ``data_file.set_*``, all faulty settings at once.
    """
    faults: list[Problem] = []
    made: dict[str, Any] = dict(data)
    for setting in settings:
        try:
            path, value = _parse(setting)
            made = _put(made, path, 0, value)
        except _SettingError as error:
            fields = {"setting": setting[:80], **error.fields}
            faults.append(Problem(f"data_file.{error.name}", (Place(key=error.key),), fields))
    if faults:
        raise UsageError(faults)
    return made


class _SettingError(Exception):
    """One setting is at fault."""

    def __init__(self, name: str, key: str = "", **fields: object) -> None:
        super().__init__(name)
        self.name, self.key, self.fields = name, key, fields


def _parse(setting: str) -> tuple[list[Step], Any]:
    key, equals, value = setting.partition("=")
    if not equals or not _PATH.fullmatch(key):
        raise _SettingError("set_form")
    steps: list[Step] = [name.strip() if name else int(index) for name, index in _STEP.findall(key)]
    try:
        return steps, _value(value.strip())
    except ScalarError:
        raise _SettingError("set_value", key.strip(), value=value.strip()[:40]) from None


def _value(text: str) -> Any:
    """Read a word: quoted by the rules of YAML, else bare.

    Raises:
        ScalarError: the quotes are not closed, or the word would be misread.
    """
    if text[:1] not in ('"', "'"):
        return plain_value(text)
    from govdocs.data.yaml_files import read_yaml

    try:
        (value,) = read_yaml(DataText(f"value: {text}\n", "", "yaml")).values()
    except (DataError, ValueError):
        raise ScalarError("set_value") from None
    return value


def _put(node: Any, steps: list[Step], depth: int, value: Any) -> Any:
    """Put a value behind the steps from ``depth`` on; containers on the way are copied."""
    if depth == len(steps):
        return value
    step = steps[depth]
    if node is None:
        node = {} if isinstance(step, str) else []
    if isinstance(step, str):
        if not isinstance(node, Mapping):
            raise _SettingError("set_through", _path(steps[:depth]), step=step)
        return {**node, step: _put(node.get(step), steps, depth + 1, value)}
    if not isinstance(node, (list, tuple)):
        raise _SettingError("set_through", _path(steps[:depth]), step=f"[{step}]")
    if step > len(node):
        raise _SettingError("set_past_end", _path(steps[:depth]), step=step, length=len(node))
    old = node[step] if step < len(node) else None
    return [*node[:step], _put(old, steps, depth + 1, value), *node[step + 1 :]]


def _path(steps: list[Step]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")
