"""The rows of a statutory form, and the prose that stands around them in its report.

Reads the form's own definition, so that labels, keys and units stand in one place only.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
DEFINITIONS = HERE.parents[1] / "src" / "govdocs" / "forms" / "definitions"
HEAD_UNIT = "——"
"""What stands in the unit's column of a row that holds no figure."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its label, its depth (1 for 一、), its unit and the key of its figure.

    Attributes:
        key: empty for a head row, which holds no figure.
        kind: a ``count`` is a whole number, an ``amount`` has decimals (万元).
    """

    level: int
    label: str
    unit: str
    key: str
    kind: Literal["count", "amount"]

    @property
    def tag(self) -> str:
        """The tag that prints the row's figure; nothing in a head row."""
        return f"{{{{ stats.{self.key} }}}}" if self.key else ""


@dataclass(frozen=True, slots=True)
class Form:
    """What the templates of a form need to know of it."""

    id: str
    title: str
    heads: tuple[str, str, str]
    rows: tuple[Row, ...]
    prose: str


def read_form(form_id: str) -> Form:
    """Read a form with a single table of a single column of figures."""
    definition = tomllib.loads((DEFINITIONS / f"{form_id}.toml").read_text(encoding="utf-8"))
    [table] = definition["table"]
    [block] = table["block"]
    [column] = block["columns"]
    return Form(
        id=form_id,
        title=definition["title"],
        heads=(table["row_head"], table["unit_head"], column["label"]),
        rows=tuple(
            Row(
                level=row["level"],
                label=row["label"],
                unit=row.get("unit", HEAD_UNIT),
                key=row.get("key", ""),
                kind=row.get("type", "count"),
            )
            for row in block["rows"]
        ),
        prose=(HERE / f"{form_id}.txt").read_text(encoding="utf-8"),
    )
