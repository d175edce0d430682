"""Parts of drawn objects that are repeated with their rows: each copy of a chart has its own.

A copy has copies of all that belongs to the chart, too: its style, its colours, its workbook. What
a chart shows is written by others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govdocs.opc import Draft, Package
from govdocs.opc.names import write_target
from govdocs.xlsx.following.moving import Drawn
from govdocs.xlsx.following.part_copies import copy_part, owned_parts

Copies = Sequence[tuple[Drawn, str]]
"""The copies of an object, and the part of each."""


@dataclass(slots=True)
class DrawnParts:
    """The parts of the objects of drawings, while a workbook is written.

    Attributes:
        drawn: all copies; more are noted while drawings follow.
    """

    package: Package
    draft: Draft
    drawn: Sequence[Drawn]
    _parts: dict[tuple[str, str], list[tuple[Drawn, str]]] = field(default_factory=dict)
    _leading: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def settle(self, sheet: str, drawing: str, own: str, led: Iterable[str] = ()) -> None:
        """Give the copies in a drawing their parts, and write their ids where marks stand.

        Args:
            sheet: of the output.
            drawing: the part of the template.
            own: the part that the drawing is written to.
            led: the ids of relationships whose targets each copy says for itself.
        """
        leads = {one.id: one for one in self.package.relationships(drawing)}
        written: bytes | None = None
        for one in self.drawn:
            lead = leads.get(one.rel_id)
            if (one.sheet, one.drawing) != (sheet, drawing) or lead is None:
                continue
            part, rel_id = lead.part or "", ""
            if one.target:
                rel_id = self.draft.relate(own, lead.type, one.target, external=True)
            elif one.number > 0:
                part = copy_part(self.package, self.draft, part, {})
                rel_id = self.draft.relate(own, lead.type, write_target(own, part))
            if rel_id:
                written = self.draft.read(own) if written is None else written
                written = written.replace(one.mark.encode(), rel_id.encode())
            elif one.number < 0:
                self._leading.setdefault(sheet, []).append((own, one.rel_id))
            if lead.part:
                self._parts.setdefault((sheet, lead.part), []).append((one, part))
        if written is not None:
            self.draft.replace(own, written)
        leading = [*self._leading.pop(sheet, ()), *((own, rel_id) for rel_id in sorted(set(led)))]
        for source, rel_id in leading:
            self.draft.unrelate(source, rel_id)

    def copies_of(self, sheet: str, part: str) -> Copies:
        """List the copies of an object on a sheet of the output, by the template's part."""
        return self._parts.get((sheet, part), ())

    def remove(self, part: str) -> None:
        """Remove the part of an object that has vanished, with what belongs to it."""
        owned = owned_parts(self.package, part) if part in self.package else ()
        for one in (part, *owned):
            if one in self.draft:
                self.draft.remove(one)
