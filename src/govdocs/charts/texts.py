"""The table of texts that the cells of a workbook share; what no cell shows any more goes.

Source: ECMA-376 part 1, 18.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from govdocs.charts.parts import Element, local_name
from govdocs.charts.sheets import Sheet, set_text


@dataclass(slots=True)
class SharedTexts:
    """The texts of one workbook."""

    part: str
    root: Element

    def put(self, texts: Sequence[tuple[Element, str]], sheets: Iterable[Sheet]) -> None:
        """Put texts into cells; those that only cells of before showed make room.

        Args:
            texts: cells, emptied, and their texts.
            sheets: all of the workbook.
        """
        shown = [v for sheet in sheets for c in sheet.text_cells() for v in c.iterchildren("{*}v")]
        used = {int(v.text) for v in shown if v.text and v.text.strip().isdigit()}
        items = list(self.root.iterchildren("{*}si"))
        known = {_plain(items[one]): one for one in sorted(used) if one < len(items)}
        free = [one for one in range(len(items)) if one not in used]
        for cell, text in texts:
            if text not in known:
                known[text] = self._add(text, items, free)
            cell.set("t", "s")
            v = etree.SubElement(cell, f"{{{etree.QName(cell).namespace}}}v")
            v.text = str(known[text])
        self._drop(items, free)
        self.root.set("count", str(len(shown) + len(texts)))
        self.root.set("uniqueCount", str(len(items)))

    def _add(self, text: str, items: list[Element], free: list[int]) -> int:
        namespace = etree.QName(self.root).namespace
        made = self.root.makeelement(f"{{{namespace}}}si")
        set_text(etree.SubElement(made, f"{{{namespace}}}t"), text)
        if free:
            number = free.pop(0)
            self.root.replace(items[number], made)
            items[number] = made
            return number
        items.append(made)
        if len(items) > 1:
            items[-2].addnext(made)
        else:
            self.root.insert(0, made)
        return len(items) - 1

    def _drop(self, items: list[Element], free: Sequence[int]) -> None:
        """Take texts away that no cell shows: at the end altogether, else what they say."""
        for number in reversed(free):
            namespace = etree.QName(self.root).namespace
            if number == len(items) - 1:
                self.root.remove(items.pop())
                continue
            for child in list(items[number]):
                items[number].remove(child)
            etree.SubElement(items[number], f"{{{namespace}}}t")


def _plain(si: Element) -> str | None:
    """The text of an item without formats; None for one with formats or readings."""
    children = list(si)
    is_plain = len(children) == 1 and local_name(children[0]) == "t"
    return (children[0].text or "") if is_plain else None
