"""Adding up (汇总): the sheets of offices into the sheet of the one above them.

Sums are exact and made cell by cell. What makes a sum uncertain is said: an office that is not
there, one that is there twice, a figure that one of them lacks, a joint release that several of
them count. A sum is never mended by guessing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govdocs.forms.facts import find_fact, read_year
from govdocs.forms.figures import Figure
from govdocs.forms.findings import Finding
from govdocs.forms.readings import Book, Number, open_book, size_of
from govdocs.forms.totals import set_figure
from govdocs.values.numbers import plain_number

if TYPE_CHECKING:
    from govdocs.errors.problem import Severity
    from govdocs.forms.form import Form

Data = Mapping[str, Any]
SHOWN = 6
"""How many offices or figures a sentence names."""


class Merged(dict[str, Any]):
    """The dict of the parent: what ``fill`` takes, and beside it how it came about.

    A dict, because the contract is that ``merge`` returns one; the rest must not stand among the
    data that are filled in.

    Attributes:
        findings: what makes the sums uncertain or contradicts a given parent.
        contributions: for each figure, by key, what each office gave; None where it gave none.
        missing: the expected offices that are not among the children.
    """

    findings: list[Finding]
    contributions: dict[str, dict[str, Number | None]]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class _Child:
    name: str
    data: Data
    book: Book


def merge(
    form: "Form",
    children: Sequence[Data],
    parent: Data | None,
    expected: Sequence[str],
    own: Data | None,
) -> Merged:
    """Add children up; see :meth:`govdocs.forms.form.Form.merge`."""
    given = [*children, own] if own is not None else list(children)
    named = [_Child(name, data, _open(form, data)) for name, data in _name_all(given)]
    known = {_plain(name) for child in named for name in _names_of(child)}
    merged = Merged(_facts(form, children, parent))
    merged.missing = [name for name in expected if _plain(name) not in known]
    merged.contributions = {
        figure.key: {child.name: child.book.numbers.get(figure.key) for child in named}
        for figure in form.figures
    }
    merged.findings = [
        *_check_children(form, named, merged.missing),
        *_set_sums(form, named, merged),
        *_check_joint(form, named),
    ]
    if parent is not None:
        merged.findings += _check_parent(form, merged, parent)
    return merged


def _open(form: "Form", data: Data) -> Book:
    return open_book(form.figures, data.get("stats"))


_NAMES = ("unit.name_full", "unit.name_title", "unit.name_short", "unit.name", "form_head.unit")


def _name_all(given: Iterable[Data]) -> Iterator[tuple[str, Data]]:
    """Name every child by its unit; one that is there again, or has no name, by its number."""
    seen: set[str] = set()
    for number, data in enumerate(given, 1):
        found = (find_fact(data, key) for key in _NAMES)
        name = next((str(one) for one in found if one), "") or f"#{number}"
        yield (f"{name} #{number}" if name in seen else name), data
        seen.add(name)


def _names_of(child: _Child) -> list[str]:
    found = [find_fact(child.data, key) for key in _NAMES]
    return [child.name, *(str(one) for one in found if one)]


def _plain(name: object) -> str:
    return "".join(str(name).split())


def _facts(form: "Form", children: Sequence[Data], parent: Data | None) -> dict[str, Any]:
    """Take over the facts of a given parent; else only the form and the year."""
    if parent is not None:
        return dict(parent)
    years = {read_year(find_fact(child, "report.year")) for child in children} - {None}
    report = {"report": {"year": years.pop()}} if len(years) == 1 else {}
    return {"form": form.id, **report}


# Sums


def _set_sums(form: "Form", children: Sequence[_Child], merged: Merged) -> Iterator[Finding]:
    """Set every sum that all children have the figure for; a parent's own figure stays."""
    for figure in form.figures:
        given = find_fact(merged, figure.address)
        lacking = [child.name for child in children if figure.key not in child.book.numbers]
        total = None if lacking or not children else _sum(figure, children)
        if given is None:
            set_figure(merged, figure.key, total)
        if lacking and len(lacking) < len(children):
            yield _lacking(form, figure, lacking)
    empty = [one for one in form.figures if not any(one.key in c.book.numbers for c in children)]
    if empty and children:
        names = [form.names[figure.key] for figure in empty]
        fields = {"count": len(empty), "names": names[:SHOWN]}
        keys = tuple(figure.address for figure in empty)
        yield Finding("form.child_figures", "error", "nobody_gave", fields, keys)


def _sum(figure: Figure, children: Sequence[_Child]) -> object:
    """Add the children up; where all of them wrote the same blank, it stays that blank."""
    marks = {reading.mark if (reading := c.book.odd.get(figure.key)) else "" for c in children}
    if len(marks) == 1 and marks != {""} and children:
        return children[0].book.raw[figure.key]
    return sum((child.book.numbers[figure.key] for child in children), start=0)


def _lacking(form: "Form", figure: Figure, lacking: Sequence[str]) -> Finding:
    fields = {
        "name": form.names[figure.key],
        "count": len(lacking),
        "units": list(lacking[:SHOWN]),
    }
    return Finding("form.child_figures", "error", "child_figures", fields, (figure.address,))


# The children


def _check_children(
    form: "Form", children: Sequence[_Child], missing: Sequence[str]
) -> Iterator[Finding]:
    if missing:
        fields = {"count": len(missing), "units": list(missing)}
        yield Finding("form.child_missing", "warning", "child_missing", fields)
    counted = Counter(_own_name(child.data) for child in children)
    for name, count in counted.items():
        if name and count > 1:
            fields = {"unit": name, "count": count}
            yield Finding("form.child_twice", "error", "child_twice", fields, ("unit.name_full",))
    yield from _check_alike(form, children)


def _own_name(data: Data) -> str:
    """Tell the name that no other office has; a short one (本局) may be everybody's."""
    found = (find_fact(data, key) for key in _NAMES if key != "unit.name_short")
    return _plain(next((one for one in found if one), ""))


def _check_alike(form: "Form", children: Sequence[_Child]) -> Iterator[Finding]:
    for child in children:
        named = child.data.get("form")
        if named is not None and named not in {form.id, *form.extends}:
            fields = {"unit": child.name, "named": named, "form": form.id}
            yield Finding("form.child_form", "error", "child_form", fields, ("form",))
    years: dict[int, list[str]] = {}
    for child in children:
        year = read_year(find_fact(child.data, "report.year"))
        if year is not None:
            years.setdefault(year, []).append(child.name)
    if len(years) > 1:
        told = [f"{year}（{'、'.join(names[:SHOWN])}）" for year, names in sorted(years.items())]
        yield Finding("form.child_year", "error", "child_year", {"years": told}, ("report.year",))


# Joint releases


def _check_joint(form: "Form", children: Sequence[_Child]) -> Iterator[Finding]:
    """Find the releases that more than one child counts, as far as the children name them.

    A child names them as ``joint_releases: [{title, with: [units], key}]``.
    """
    counted: dict[tuple[str, str], dict[str, None]] = {}
    titles: dict[str, str] = {}
    for child in children:
        for item in child.data.get("joint_releases") or ():
            title, partners, key = _read_joint(form, item)
            units = counted.setdefault((_plain(title), key), {})
            titles.setdefault(_plain(title), title)
            units[child.name] = None
            units.update(dict.fromkeys(_known(partners, children)))
    for (title, key), units in counted.items():
        if len(units) > 1:
            fields = {"title": titles[title], "units": list(units), "extra": len(units) - 1}
            fields["name"] = form.names.get(key, key)
            yield Finding("form.joint", "warning", "joint", fields, (f"stats.{key}",))


def _read_joint(form: "Form", item: object) -> tuple[str, list[str], str]:
    default = form.figures[0].key
    if not isinstance(item, Mapping):
        return str(item), [], default
    partners = item.get("with") or []
    partners = [partners] if isinstance(partners, str) else [str(one) for one in partners]
    key = str(item.get("key") or default).removeprefix("stats.")
    return str(item.get("title", "")), partners, key


def _known(partners: Iterable[str], children: Sequence[_Child]) -> Iterator[str]:
    plain = {_plain(one) for one in partners}
    for child in children:
        if plain & {_plain(name) for name in _names_of(child)}:
            yield child.name


# A given parent


def _check_parent(form: "Form", merged: Merged, parent: Data) -> Iterator[Finding]:
    """Hold the parent's own figures against the sums (R8)."""
    book = _open(form, parent)
    for figure in form.figures:
        given = book.numbers.get(figure.key)
        parts = merged.contributions[figure.key]
        known = [part for part in parts.values() if part is not None]
        total = sum(known, start=0)
        if given is not None and known and given != total:
            is_open = bool(merged.missing) or len(known) < len(parts)
            yield _differs(form, figure, given, total, is_open=is_open)


def _differs(
    form: "Form", figure: Figure, given: Number, total: Number, *, is_open: bool
) -> Finding:
    """Say that a parent's figure is not the sum.

    With children missing a greater figure may be right; a smaller one cannot be, but for changes.
    """
    is_uncertain = is_open and (given > total or figure.type == "change")
    fields = {
        "name": form.names[figure.key],
        "given": plain_number(given),
        "total": plain_number(total),
        "difference": plain_number(size_of(given - total)),
    }
    name = "parent_uncertain" if is_uncertain else "parent_differs"
    severity: Severity = "note" if is_uncertain else "error"
    return Finding("R8", severity, name, fields, (figure.address,), source="汇总：本级与各单位之和")
