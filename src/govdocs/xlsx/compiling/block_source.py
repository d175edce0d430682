"""Write the statements of lifted blocks, and what the layout of rows or columns has to know.

Rows and columns go the same way: a block begins, its body is passed or entered and left, it ends.
Which lines stand in between is others' work.
"""

from collections.abc import Callable, Iterable, Mapping

from govdocs.language import Source
from govdocs.xlsx.blocks.lifting import Step
from govdocs.xlsx.blocks.lines import Room


class BlockWriter:
    """Writes the steps of one axis into a source.

    Args:
        source: to write to.
        rooms: the lines of each block, by the number of its opening tag.
        vanished: lines that vanish by a statement of their own.
        axis: the first letters of the slots that tell the layout: ``_`` for rows, ``_c`` for
            columns.

    Attributes:
        floors: what to write at the end of a block, by the number of its opening tag.
        is_fixed: whether lines still stand where they did in the template.
    """

    def __init__(
        self, source: Source, rooms: Mapping[int, Room], vanished: Iterable[int], axis: str
    ) -> None:
        self.source, self.rooms, self.axis = source, rooms, axis
        self.vanished = set(vanished)
        self.is_fixed = True
        self.floors: Mapping[int, Callable[[], None]] = {}
        self.bodies: list[tuple[Room | None, int]] = []

    def write(self, step: Step) -> None:
        """Write a statement between lines."""
        block, index = step.block, step.anchor.index
        if block is None:
            self._single(step)
        elif index == block.open:
            self._enter(step, self.rooms[index])
        elif index == block.close:
            self._leave(step)
        else:
            self._close_body()
            self.source.statement(step.anchor.placed)
            room, number = self.bodies[-1]
            self.bodies[-1] = (room, number + 1)
            self._open_body()

    def _single(self, step: Step) -> None:
        if step.up in self.vanished and step.up < step.down:
            self.vanished.discard(step.up)
            self._call(f"begin({step.up}, {step.up}, False)")
            self._call("end()")
            self.is_fixed = False
        if step.anchor.placed.tag.kind == "stmt":
            self.source.statement(step.anchor.placed)

    def _enter(self, step: Step, room: Room) -> None:
        has_room = room.first <= room.last
        if has_room:
            is_loop = step.anchor.placed.tag.word == "for"
            self._call(f"begin({room.first}, {room.last}, {is_loop})")
            self.is_fixed = False
        self.bodies.append((room if has_room else None, 0))
        self.source.statement(step.anchor.placed)
        self._open_body()

    def _leave(self, step: Step) -> None:
        self._close_body()
        room, _ = self.bodies.pop()
        self.source.statement(step.anchor.placed)
        if room is not None:
            if step.block is not None and step.block.open in self.floors:
                self.floors[step.block.open]()
            self._call("end()")

    def _open_body(self) -> None:
        room, number = self.bodies[-1]
        body = room.bodies[number] if room else None
        if room is not None and body is not None:
            act = "enter" if room.has_inner[number] else "step"
            self._call(f"{act}({body[0]}, {body[1]})")

    def _close_body(self) -> None:
        room, number = self.bodies[-1]
        if room is not None and room.bodies[number] is not None and room.has_inner[number]:
            self._call("leave()")

    def _call(self, call: str) -> None:
        """Tell the layout something."""
        self.source.hidden(f"do _|{self.axis}{call}")
