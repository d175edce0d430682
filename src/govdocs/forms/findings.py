"""A finding: what a check has to say, with its numbers, its keys and its places.

A finding is not an exception: a report may be published with warnings, and a person decides. The
sentences stand in ``errors/messages/form.toml``; a finding holds what they are made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from govdocs.errors import Place, current_language
from govdocs.errors.catalogue import load
from govdocs.errors.language import Language
from govdocs.errors.problem import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        code: the rule's own code. Rules of form files have the code that the file gives them
            (``E1``, ``R5``, ``W1``); those of the library are ``form.<name>``.
        sentence: the name in the catalogue of the sentence that tells it: ``sum``; one of another
            room's with that room's name: ``binding.files_differ``.
        fields: what the sentence is made of; a value that is a mapping holds one text for each
            language.
        keys: the keys of the dict that are concerned, the first one first: ``stats.staff_total``.
        places: where they stand: in the dict, or in the file when one was read.
        source: the article, notice or practice that the rule comes from.
    """

    code: str
    severity: Severity
    sentence: str
    fields: Mapping[str, object] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    source: str = ""

    @property
    def key(self) -> str:
        """The first key concerned, or an empty text."""
        return self.keys[0] if self.keys else ""

    @property
    def place(self) -> Place:
        """The first place, or one that tells the key."""
        return self.places[0] if self.places else Place(key=self.key)

    @property
    def message(self) -> str:
        """What was found, in plain words and the reader's language."""
        return self.tell()

    @property
    def mend(self) -> str:
        """How to mend it, in the reader's language."""
        return self.tell(half="mend")

    def tell(self, language: Language | None = None, half: str = "what") -> str:
        """Write one half of the finding's sentence: ``what`` or ``mend``."""
        chosen = language or current_language()
        room, _, name = self.sentence.rpartition(".")
        text = load(room or "form")[name][chosen].get(half, "")
        return text.format_map({k: _in(v, chosen) for k, v in self.fields.items()})

    def as_dict(self) -> dict[str, object]:
        """Return the finding as plain JSON data."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "mend": self.mend,
            "keys": list(self.keys),
            "places": [place.describe() for place in self.places],
            "source": self.source,
        }

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"


def _in(value: object, language: Language) -> object:
    if isinstance(value, Mapping):
        return _in(value[language], language)
    if isinstance(value, (list, tuple)):
        comma = "、" if language == "zh" else ", "
        return comma.join(str(_in(one, language)) for one in value)
    return value
