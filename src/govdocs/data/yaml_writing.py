"""YAML data files, written so that readers of YAML 1.1 and of 1.2 read the same dict.

Times and spans, which YAML has not, get tags of our own: ``!time 15:30:00`` and
``!duration 36:00:00``.
"""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

import yaml

from govdocs.data.scalars import is_text, write_number, write_span

_TAG = "tag:yaml.org,2002:"
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")


def write_yaml(data: Mapping[str, Any]) -> str:
    """Write a dict as YAML: Chinese as it is, keys in their order, long texts as blocks."""
    # the dumper in Python, since libyaml escapes what is beyond the BMP (𠮷)
    written: str = yaml.serialize(
        _node(data), Dumper=yaml.SafeDumper, allow_unicode=True, width=1_000_000
    )
    return written


def _node(value: Any) -> yaml.Node:
    if isinstance(value, Mapping):
        pairs = [(_text_node(str(key)), _node(item)) for key, item in value.items()]
        return yaml.MappingNode(f"{_TAG}map", pairs, flow_style=not pairs)
    if isinstance(value, (list, tuple)):
        return yaml.SequenceNode(f"{_TAG}seq", list(map(_node, value)), flow_style=not value)
    if isinstance(value, str):
        return _text_node(str(value))
    tag, text = _word(value)
    return yaml.ScalarNode(tag if tag.startswith("!") else _TAG + tag, text)


def _text_node(text: str) -> yaml.ScalarNode:
    """Quote what would mean something else bare, and what has breaks of other systems."""
    style = None
    if not is_text(text) or _FOREIGN_BREAKS.search(text) or text == "<<":
        style = '"'
    elif "\n" in text:
        style = "|"
    return yaml.ScalarNode(f"{_TAG}str", text, style=style)


def _word(value: Any) -> tuple[str, str]:
    """Write a value that is no text, with its tag."""
    if value is None or isinstance(value, bool):
        return ("null", "null") if value is None else ("bool", str(value).lower())
    if isinstance(value, date):
        return "timestamp", str(value)  # a datetime with a space, not a T
    if isinstance(value, time):
        return "!time", value.isoformat()
    if isinstance(value, timedelta):
        return "!duration", write_span(value)
    text = write_number(value)
    return ("float" if "." in text else "int"), text
