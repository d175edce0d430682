"""The dict of a form with nothing in it, and next year's dict made from last year's.

A draft holds what will still be true and leaves open (None) what has yet to be counted, written
or decided, so that a fill with ``missing="mark"`` shows what is to come. It never guesses a figure.
"""

import copy
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from govdocs.errors import UsageError
from govdocs.forms.facts import find_fact, read_year
from govdocs.forms.readings import Book, open_book
from govdocs.forms.relations import Relation
from govdocs.forms.totals import set_figure
from govdocs.forms.years import move_years

if TYPE_CHECKING:
    from govdocs.forms.form import Form

Data = Mapping[str, Any]

LONGEST_FACT = 40
"""A longer text that no rule speaks of is taken for prose."""

_REMADE = ("stats", "last_year", "draft")
_SENTENCE_MARKS = "。；;！？!?\n"


def make_blank(form: "Form") -> dict[str, Any]:
    """Make the blank dict; see :meth:`govdocs.forms.form.Form.blank`."""
    data: dict[str, Any] = {}
    for key in _rules():
        section, _, name = key.partition(".")
        if section in form.facts and "*" not in name:
            data.setdefault(section, {})[name] = None
    data["form"] = form.id
    for figure in form.figures:
        set_figure(data, figure.key, None)
    return data


def make_draft(form: "Form", last_year: Data, year: int) -> dict[str, Any]:
    """Make next year's dict; see :meth:`govdocs.forms.form.Form.draft`."""
    before = read_year(find_fact(last_year, "report.year"))
    if before is None:
        raise UsageError.of("form.draft_without_year", fields={"year": year})
    if year <= before:
        raise UsageError.of("form.draft_backwards", fields={"year": year, "before": before})
    mover = _Mover(form.id, before, year)
    facts = {name: one for name, one in last_year.items() if name not in _REMADE}
    draft = {name: mover.move(value, (str(name),)) for name, value in facts.items()}
    draft["stats"] = make_blank(form)["stats"]
    carried = _carry(form, last_year, draft)
    draft["form"] = form.id
    draft["last_year"] = _comparison(last_year, before)
    draft["draft"] = {"from": before, "carried": carried, **mover.told()}
    draft["draft"]["lost"] = _lost(form, last_year)
    return draft


@cache
def _rules() -> Mapping[str, str]:
    text = (files("govdocs.forms") / "rules" / "facts.toml").read_text(encoding="utf-8")
    rules: Mapping[str, str] = tomllib.loads(text)["keys"]
    return rules


@dataclass(frozen=True, slots=True)
class _Mover:
    """Moves the facts of one dict on, and keeps account of what became of each."""

    form: str
    before: int
    year: int
    kept: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def told(self) -> dict[str, list[str]]:
        """Tell what became of the facts, key by key."""
        return {"kept": self.kept, "moved": self.moved, "open": self.opened}

    def move(self, value: Any, path: tuple[str, ...]) -> Any:
        """Make the value of the new year: mappings and lists keep their shape."""
        if isinstance(value, Mapping):
            return {name: self.move(inner, (*path, str(name))) for name, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.move(inner, (*path, str(at))) for at, inner in enumerate(value)]
        moved = self._moved(value, _find_rule(path) or _guess(value))
        account = self.opened if moved is None else self.kept if moved == value else self.moved
        account.append(".".join(path))
        return moved

    def _moved(self, value: Any, rule: str) -> Any:
        if value == "":
            return value  # left out on purpose
        if rule in {"keep", "timeless"}:
            text = isinstance(value, str)
            moved = move_years(value, self.before, self.year) if text else copy.deepcopy(value)
            return None if rule == "timeless" and moved != value else moved
        made: dict[str, Any] = {
            "form": self.form,
            "year": self.year,
            "plan_year": self.year + 1,
            "period_start": date(self.year, 1, 1),
            "period_end": date(self.year, 12, 31),
        }
        return made.get(rule)


def _find_rule(path: Sequence[str]) -> str | None:
    """Find the rule with the longest key that fits the path."""
    for length in range(len(path), 0, -1):
        for key, rule in _rules().items():
            if _fits(key.split("."), path, length):
                return rule
    return None


def _fits(steps: Sequence[str], path: Sequence[str], length: int) -> bool:
    """Tell whether ``steps`` fit the path with ``length`` of them; a ``*`` at the end takes all."""
    if len(steps) != length or (len(path) > length and steps[-1] != "*"):
        return False
    return all(step in {"*", here} for step, here in zip(steps, path, strict=False))


def _guess(value: object) -> str:
    """Take short texts and switches for facts that last; the rest belongs to its year."""
    if isinstance(value, str):
        is_short = len(value) <= LONGEST_FACT and not any(mark in value for mark in _SENTENCE_MARKS)
        return "keep" if is_short else "open"
    return "keep" if isinstance(value, bool) else "open"


# What goes over from year to year


def _carry(form: "Form", last_year: Data, draft: dict[str, Any]) -> dict[str, object]:
    """Set the figures that last year's figures decide, by the form's relations (R5)."""
    last = open_book(form.figures, last_year.get("stats"))
    carried: dict[str, object] = {}
    for relation in form.relations:
        if _decides(relation) and all(term.key in last.numbers for term in relation.right):
            key = relation.left[0].key
            carried[f"stats.{key}"] = value = _carried(relation, last)
            set_figure(draft, key, value)
    return carried


def _decides(relation: Relation) -> bool:
    return (
        relation.kind == "equal"
        and len(relation.left) == 1
        and relation.left[0].book == "this"
        and all(term.book == "last" for term in relation.right)
    )


def _carried(relation: Relation, last: Book) -> object:
    """Add last year's terms up; a single blank, ``/`` or ``——`` is carried as it is written."""
    first = relation.right[0]
    odd = last.odd.get(first.key)
    if len(relation.right) == 1 and odd is not None and odd.mark:
        return last.raw[first.key]
    return sum(term.sign * last.numbers[term.key] for term in relation.right)


def _comparison(last_year: Data, before: int) -> dict[str, Any]:
    return {
        "form": last_year.get("form"),
        "report": {"year": before},
        "stats": copy.deepcopy(last_year.get("stats", {})),
    }


def _lost(form: "Form", last_year: Data) -> list[str]:
    """List last year's figures that the new form does not ask for any more."""
    keys = _leaves(last_year.get("stats"), ())
    return [f"stats.{'.'.join(key)}" for key in keys if ".".join(key) not in form.by_key]


def _leaves(value: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if isinstance(value, Mapping):
        return [leaf for name, one in value.items() for leaf in _leaves(one, (*path, str(name)))]
    return [path] if path else []
