"""What is odd about a file: each thing said once, with its places. Nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from govdocs.errors import Place, Problem
from govdocs.language.inversion.model import Pattern, Slot, Unit
from govdocs.language.inversion.paths import Path, dotted
from govdocs.language.inversion.pieces import paths_in, static_text, text_of

_SNIPPET = 30


@dataclass(slots=True)
class Notes:
    """The notes of one file, in the order in which they were met."""

    problems: list[Problem] = field(default_factory=list)
    _changes: dict[tuple[str, str], int] = field(default_factory=dict)

    def changed(self, wanted: str, found: str, place: Place) -> None:
        """Text of the template was edited: said once of each change, with its places."""
        key = wanted[:_SNIPPET], found[:_SNIPPET]
        said = self._changes.get(key)
        if said is None:
            self._changes[key] = len(self.problems)
            fields = {"wanted": key[0], "found": key[1]}
            self.problems.append(Problem("extract.changed", (place,), fields, "note"))
        elif place not in self.problems[said].places:
            places = (*self.problems[said].places, place)
            self.problems[said] = replace(self.problems[said], places=places)

    def added(self, unit: Unit) -> None:
        """Somebody wrote something that the template does not have."""
        text = text_of(unit).strip()
        if text:
            fields = {"found": text[:_SNIPPET]}
            self.problems.append(Problem("extract.added", (unit.place,), fields, "note"))

    def lost(self, pattern: Pattern) -> None:
        """Somebody took something out."""
        names = _names(paths_in([pattern]))
        wanted = static_text([pattern])
        if wanted.strip() or names:
            fields = {"wanted": wanted[:_SNIPPET], "names": names or ("-",)}
            self.problems.append(Problem("extract.lost", (pattern.place,), fields, "warning"))

    def ambiguous(self, paths: Iterable[Path | None], place: Place) -> None:
        """Values cannot be told apart, and were not read."""
        names = _names(paths)
        if names:
            fields = {"names": names}
            self.problems.append(Problem("extract.ambiguous", (place,), fields, "warning"))

    def parted(self, code: str, slots: Iterable[Slot], place: Place) -> None:
        """Say once of some values how they were told apart."""
        names = _names(slot.path for slot in slots)
        said = {(note.code, note.fields.get("names")) for note in self.problems}
        if names and (code, names) not in said:
            self.problems.append(Problem(code, (place,), {"names": names}, "note"))

    def misfit(self, name: str, text: str, form: str, place: Place) -> None:
        """A text is none that its filter can have printed."""
        fields = {"name": name, "text": text[:_SNIPPET], "form": form}
        self.problems.append(Problem("extract.misfit", (place,), fields, "warning"))

    def picture(self, tag: str, place: Place) -> None:
        """A picture stands where a value was."""
        self.problems.append(Problem("extract.picture", (place,), {"tag": tag}, "note"))


def _names(paths: Iterable[Path | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(dotted(path) for path in paths if path))
