"""A sheet per item: sheets whose name begins with ``{% for %}``: ``{% for d in 部门 %}{{ d }}``.

Excel gives a name no more than 31 characters, so the closing tag may be left out. While such a book
is compiled the sheet goes under a label without tags, in its own name and in all references to it,
so that these are no tags themselves.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from govdocs.errors import Place
from govdocs.language import Placed, Source, Tag, current, scan
from govdocs.opc import Package
from govdocs.xlsx.reading.workbook import read_workbook
from govdocs.xlsx.slots.filling import PartState, present
from govdocs.xlsx.slots.text_slots import check_sheet_name
from govdocs.xlsx.xml.tokens import write_token

_ENTITIES = {"'": "apos", '"': "quot", "&": "amp", "<": "lt", ">": "gt"}
_SIGN = re.compile(rb"name=(?:\"|')\s*(?:\{|\xef\xbd\x9b)(?:%|\xef\xbc\x85)")


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """A sheet that comes out once for each item.

    Attributes:
        label: the name under which it is compiled.
        loop: the tag that opens the loop.
        pieces: of the name: texts and tags.
        end: what closes the loop.
    """

    label: str
    loop: Placed
    pieces: tuple[str | Placed, ...]
    end: Placed

    @property
    def tags(self) -> tuple[Placed, ...]:
        """All tags of the name, the closing one too."""
        return (self.loop, *(one for one in self.pieces if isinstance(one, Placed)), self.end)

    def open_sheet(self, source: Source) -> None:
        """Begin a pass of the loop: what follows is a sheet of its own, with the name it says."""
        source.statement(self.loop)
        source.hidden("set _t")
        for piece in self.pieces:
            if isinstance(piece, str):
                source.text(piece)
            elif piece.tag.kind == "stmt":
                source.statement(piece)
            else:
                source.value(piece, "_tr")
        source.hidden("endset")
        named = next((one for one in self.pieces if isinstance(one, Placed)), self.loop)
        source.value(named, "_ns", body="_t")

    def open_part(self, source: Source) -> None:
        """Begin a pass of the loop for a part that belongs to the sheet."""
        source.statement(self.loop)
        source.hidden_value("_|_np")

    def close(self, source: Source) -> None:
        """End the pass."""
        source.statement(self.end)


def find_item_sheets(package: Package) -> tuple[Package, dict[str, ItemSheet]]:
    """Find sheets that stand for items; give the package with their labels, and them by label."""
    if _SIGN.search(package.read(package.main)) is None:
        return package, {}
    workbook = read_workbook(package)
    found: dict[str, tuple[str, ItemSheet]] = {}
    for entry in workbook.sheets:
        place = Place(part=workbook.part, spot=(("sheet", entry.name),))
        item = _maybe_item(entry.name, place) if entry.kind == "worksheet" else None
        if item is not None:
            found[item.label] = entry.name, item
    if not found:
        return package, {}
    names = {name: label for label, (name, _) in found.items()}
    return _relabelled(package, names), {label: item for label, (_, item) in found.items()}


def _maybe_item(name: str, place: Place) -> ItemSheet | None:
    tags = [tag for tag in scan(name)[0] if tag.kind != "comment"]
    if not tags or tags[0].word != "for" or name[: tags[0].start].strip():
        return None
    loop, *rest = tags
    closing = rest[-1] if rest and rest[-1].word == "endfor" and rest[-1].end == len(name) else None
    inner = rest[:-1] if closing else rest
    if any(tag.word in ("for", "endfor") for tag in inner):
        return None
    end = closing or scan("{% endfor %}")[0][0]
    pieces = _pieces(name, loop.end, closing.start if closing else len(name), inner, place)
    label = f"«{loop.body.strip()}»"
    return ItemSheet(label, Placed(loop, place), pieces, Placed(end, place))


def _pieces(
    name: str, start: int, end: int, tags: list[Tag], place: Place
) -> tuple[str | Placed, ...]:
    pieces: list[str | Placed] = []
    for tag in tags:
        pieces += [name[start : tag.start], Placed(tag, place)]
        start = tag.end
    return tuple(one for one in (*pieces, name[start:end]) if one != "")


def _relabelled(package: Package, names: Mapping[str, str]) -> Package:
    """Give sheets other names, wherever they are named."""
    patterns = [(_pattern_of(name), label.encode()) for name, label in names.items()]
    draft = package.edit(allow_signed=True)
    for part in package.names:
        if not part.endswith((".xml", ".vml")):
            continue
        data = changed = package.read(part)
        for pattern, label in patterns:
            changed = pattern.sub(lambda found, label=label: _around(found, label), changed)  # type: ignore[misc]
        if changed != data:
            draft.replace(part, changed)
    return Package(draft.to_bytes(), package.name, package.limits)


def _pattern_of(name: str) -> re.Pattern[bytes]:
    """Find a sheet's name in formulas, and in the attributes and titles that are nothing else."""
    quote, own = _written("'"), b"".join(map(_written, name))
    inside = b"".join(map(_written, name.replace("'", "''")))
    formula = b"(?P<a>" + quote + b")" + inside + b"(?P<b>" + quote + b"!)"
    alone = b"(?P<c>(?:\\s(?:name|sheet)=[\"']|lpstr>))" + own + b"(?P<d>[\"'<])"
    return re.compile(formula + b"|" + alone)


def _written(char: str) -> bytes:
    """All ways in which XML writes a character."""
    number = ord(char)
    ways = [re.escape(char.encode()), b"&#0*%d;" % number, b"&#[xX]0*(?i:%x);" % number]
    if char in _ENTITIES:
        ways.append(b"&%s;" % _ENTITIES[char].encode())
    return b"(?:" + b"|".join(ways) + b")"


def _around(found: "re.Match[bytes]", label: bytes) -> bytes:
    before, behind = found["a"] or found["c"], found["b"] or found["d"]
    return bytes(before + label + behind)


def _begin_sheet(name: str) -> str:
    """Begin a sheet of its own; what slots write down from now on is of this sheet."""
    check_sheet_name(name)
    state = current()
    assert state is not None
    own = PartState(present().filling)
    own.filling.items.setdefault(state.program.part, []).append((name, own))
    state.engine = own
    return write_token("N", 0)


def _begin_part(_: None) -> str:
    return write_token("N", 0)


ITEM_SLOTS: Mapping[str, Callable[..., str]] = {"_ns": _begin_sheet, "_np": _begin_part}
