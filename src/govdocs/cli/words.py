"""The words of the command line, in the language of the run. Faults have words of their own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from govdocs.errors.language import Language


@cache
def _load() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    source = files("govdocs.cli") / "words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one language."""

    language: Language

    def command(self, name: str) -> str:
        """Say what a command does."""
        return _load()["command"][name][self.language]

    def option(self, name: str) -> str:
        """Say what an option does."""
        return _load()["option"][name][self.language]

    def heads(self) -> Mapping[str, str]:
        """Give the headings of a help page, by their English name."""
        return {name: words[self.language] for name, words in _load()["head"].items()}

    def say(self, what: str, **fields: object) -> str:
        """Write a line of a result."""
        return _load()["say"][what][self.language].format_map(fields)

    def kind(self, name: str) -> str:
        """Name the kind of a field."""
        return self._known("kind", name)

    def note(self, name: str) -> str:
        """Say what a note of a field means; a note without words stands for itself."""
        return self._known("note", name)

    def _known(self, shelf: str, name: str) -> str:
        words = _load()[shelf].get(name)
        return words[self.language] if words else name
