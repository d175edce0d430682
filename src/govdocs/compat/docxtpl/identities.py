"""Ids and names that loops have copied: the first keeps them, later ones get their own.

Bookmarks are renamed with both of their ends; ids of paragraphs and content controls are taken out,
which Word gives anew. What stands in a fallback for older readers keeps the ids of what it stands
for.
"""

from collections.abc import Iterator

from lxml import etree

from govdocs.docx.dialect import MC

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID, _NAME = f"{_W}id", f"{_W}name"
_LONGEST = 40

Element = etree._Element  # noqa: SLF001


def renew_identities(root: Element) -> None:
    """Make the ids of a rendered part unique."""
    _renew_hex(root)
    _renew_controls(root)
    _renew_bookmarks(root)


def _iter(root: Element, *names: str) -> Iterator[Element]:
    fallbacks = any(True for _ in root.iter(f"{{{MC}}}Fallback"))
    for element in root.iter(*names):
        if not fallbacks or next(element.iterancestors(f"{{{MC}}}Fallback"), None) is None:
            yield element


def _renew_hex(root: Element) -> None:
    seen: set[str] = set()
    for element in _iter(root, f"{_W}p", f"{_W}tr"):
        for key in [one for one in map(str, element.attrib) if one.endswith("}paraId")]:
            value = element.get(key, "")
            if value in seen:
                del element.attrib[key]
            seen.add(value)


def _renew_controls(root: Element) -> None:
    seen: set[str] = set()
    for held in _iter(root, f"{_W}sdtPr"):
        for number in held.findall(_ID):
            value = number.get(f"{_W}val", "")
            if value in seen:
                held.remove(number)
            seen.add(value)


def _renew_bookmarks(root: Element) -> None:
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
        if number in seen_ids:
            highest += 1
            renamed[number] = str(highest)
            mark.set(_ID, renamed[number])
        if name in seen_names:
            mark.set(_NAME, _free(name, names))
        seen_ids.add(number)
        seen_names.add(name)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while (wished := f"{name[: _LONGEST - 5]}_{number}") in taken:
        number += 1
    taken.add(wished)
    return wished
