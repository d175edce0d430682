"""Ids and names that loops have copied: the first keeps them, later ones get their own.

Bookmarks are renamed with both of their ends; ids of paragraphs and content controls are taken out,
which Word gives anew. What stands in a fallback for older readers keeps the ids of what it stands
for.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from lxml import etree

from govdocs.docx.tree.dialect import MC

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID, _NAME, _VAL = f"{_W}id", f"{_W}name", f"{_W}val"
_HOLDERS = tuple(f"{_W}{name}" for name in ("p", "tr", "bookmarkStart"))
_LONGEST = 40

Element = etree._Element  # noqa: SLF001


def repeated_identities(root: Element) -> frozenset[str]:
    """List the ids and names that a template itself has more than once."""
    found = Counter(
        value
        for one in _iter(root, *_HOLDERS)
        for key, value in one.attrib.items()
        if str(key).endswith("}paraId") or key in (_ID, _NAME)
    )
    numbers = Counter(
        one.get(_VAL, "") for held in _iter(root, f"{_W}sdtPr") for one in held.findall(_ID)
    )
    return frozenset(str(value) for value, count in (found + numbers).items() if count > 1)


def renew_identities(root: Element, kept: Collection[str] = ()) -> None:
    """Make the ids of a rendered part unique, but for those that are not unique in the template."""
    _renew_hex(root, kept)
    _renew_controls(root, kept)
    _renew_bookmarks(root, kept)


def _iter(root: Element, *names: str) -> Iterator[Element]:
    fallbacks = any(True for _ in root.iter(f"{{{MC}}}Fallback"))
    for element in root.iter(*names):
        if not fallbacks or next(element.iterancestors(f"{{{MC}}}Fallback"), None) is None:
            yield element


def _renew_hex(root: Element, kept: Collection[str]) -> None:
    seen: set[str] = set()
    for element in _iter(root, f"{_W}p", f"{_W}tr"):
        for key in [one for one in map(str, element.attrib) if one.endswith("}paraId")]:
            value = element.get(key, "")
            if value in seen and value not in kept:
                del element.attrib[key]
            seen.add(value)


def _renew_controls(root: Element, kept: Collection[str]) -> None:
    seen: set[str] = set()
    for held in _iter(root, f"{_W}sdtPr"):
        for number in held.findall(_ID):
            value = number.get(_VAL, "")
            if value in seen and value not in kept:
                held.remove(number)
            seen.add(value)


def _renew_bookmarks(root: Element, kept: Collection[str]) -> None:
    marks = list(_iter(root, f"{_W}bookmarkStart", f"{_W}bookmarkEnd"))
    starts = [one for one in marks if one.tag.endswith("Start")]
    ids = {one.get(_ID, "") for one in starts}
    names = {one.get(_NAME, "") for one in starts}
    if len(ids) == len(starts) == len(names):
        return
    highest = max((int(one) for one in ids if one.isdigit()), default=0)
    seen_ids: set[str] = set()
    seen_names: set[str] = set()
    renamed: dict[str, str] = {}
    for mark in marks:
        number, name = mark.get(_ID, ""), mark.get(_NAME, "")
        if mark.tag.endswith("End"):
            mark.set(_ID, renamed.get(number, number))
            continue
        renamed.pop(number, None)
        if number in seen_ids and number not in kept:
            highest += 1
            renamed[number] = str(highest)
            mark.set(_ID, renamed[number])
        if name in seen_names and name not in kept:
            mark.set(_NAME, _free(name, names))
        seen_ids.add(number)
        seen_names.add(name)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while (wished := f"{name[: _LONGEST - 5]}_{number}") in taken:
        number += 1
    taken.add(wished)
    return wished
