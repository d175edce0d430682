"""The rules for prose, as data: a pattern, what it speaks of, a severity and a source.

Rules stand in ``rules/prose.toml`` for every form and in the form's own file under ``[[prose]]``.
This module reads them; it never looks at a text.

In a pattern ``<n>`` stands for a number, ``<gap>`` for a few words within one clause.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from govdocs.errors.problem import Severity
from govdocs.forms.relations import Term, parse_term

ProseKind = Literal["figure", "zero", "silent", "pattern", "section"]


@dataclass(frozen=True, slots=True)
class ProseRule:
    """One rule.

    ``figure``: the number that the pattern captures is the sum of ``keys``. ``zero``: the pattern
    says that there was none, so every key is 0. ``silent``: the pattern tells of something, so one
    of the keys at least is above 0. ``pattern``: the pattern should not be met at all.
    ``section``: a section that consists of the pattern is at odds with a key above 0, or, without
    keys, should not consist of it.

    Attributes:
        unless: a text around the match that takes the rule back.
        section: the title of the section for which alone the rule holds; empty for the whole text.
        says: the sentence, by language; empty where the library has one for the kind.
    """

    code: str
    kind: ProseKind
    pattern: re.Pattern[str]
    keys: tuple[Term, ...]
    severity: Severity
    source: str
    unless: re.Pattern[str] | None = None
    section: str = ""
    says: Mapping[str, str] = field(default_factory=dict)


_MACROS = {
    "<n>": r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d%])",
    "<gap>": r"[^。；;，,：:（）()《》\d]{0,20}?",
}


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern of a form file.

    Raises:
        re.error: it is no regular expression.
    """
    for name, meaning in _MACROS.items():
        text = text.replace(name, meaning)
    return re.compile(text)


def parse_rule(entry: Mapping[str, Any]) -> ProseRule:
    """Make a rule of an entry that has been checked."""
    return ProseRule(
        code=entry["code"],
        kind=cast("ProseKind", entry["kind"]),
        pattern=compile_pattern(entry["pattern"]),
        keys=tuple(parse_term(key) for key in entry.get("keys", ())),
        severity=cast("Severity", entry["severity"]),
        source=entry["source"],
        unless=compile_pattern(entry["unless"]) if entry.get("unless") else None,
        section=entry.get("section", ""),
        says=entry.get("says", {}),
    )
