"""Write the reference of error codes from the catalogue: ``docs/reference/error-codes.md``.

Every code with its sentence and the way to mend, in English and Chinese. Nothing on that page is
written by hand.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "src" / "govdocs" / "errors" / "messages"
PAGE = ROOT / "docs" / "reference" / "error-codes.md"
NO_CODES = frozenset({"places"})
HEAD = """\
# Error codes

<!-- Written by tools/write_error_codes.py (make codes) from the catalogue; do not edit. -->

A code stays the same between releases; its sentence may be put better. Words *in italics* are the
fields of the problem (`problem.fields`), filled in when it is told. Where a problem is and what its
parts are called is said in the [Python API](python-api.md#errors); which commands print it, on the
page of the [command line](command-line.md#faults).

差错代码在各版本之间不变，措辞可能改进。*斜体*的词在提示中换成实际内容。
"""

Entry = Mapping[str, Mapping[str, str]]


def main() -> int:
    """Write the page."""
    PAGE.write_text(write_page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


def write_page() -> str:
    """Write the page as a text."""
    files = [one for one in sorted(MESSAGES.glob("*.toml")) if one.stem not in NO_CODES]
    return HEAD + "".join(f"\n{_section(file)}" for file in files)


def _section(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    lines = [f"## {file.stem}", "", _title(text), "", "| code | English | 中文 |", "|---|---|---|"]
    lines += _rows(file.stem, tomllib.loads(text))
    return "\n".join(lines) + "\n"


def _title(text: str) -> str:
    """The first sentence of the file's opening comment."""
    comment = text.partition("\n\n")[0].replace("\n#", "").removeprefix("#").strip()
    return comment.partition(" Fields:")[0]


def _rows(room: str, entries: Mapping[str, Entry]) -> Iterator[str]:
    for name, entry in entries.items():
        if "what" in entry.get("en", {}):
            yield f"| `{room}.{name}` | {_cell(entry['en'])} | {_cell(entry['zh'])} |"


def _cell(halves: Mapping[str, str]) -> str:
    lines = [_shown(halves[half]) for half in ("what", "mend") if halves.get(half)]
    return "<br>→ ".join(lines)


def _shown(sentence: str) -> str:
    """Write a sentence with its fields in italics, safe in a Markdown table."""
    pieces = []
    for literal, name, _, _ in Formatter().parse(sentence):
        pieces.append(_escaped(literal))
        if name:
            pieces.append(f"*{name}*")
    return "".join(pieces)


def _escaped(text: str) -> str:
    for char in "\\|<>*`":
        text = text.replace(char, f"\\{char}")
    return text.replace("_", "\\_")


if __name__ == "__main__":
    sys.exit(main())
