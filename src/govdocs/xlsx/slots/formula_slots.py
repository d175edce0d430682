"""Slots inside of formulas: a value becomes a constant of the formula, never a piece of it."""

import datetime as dt
import numbers
from typing import Any

from govdocs.errors import DataError
from govdocs.language.missing import as_missing
from govdocs.values.plain import plain
from govdocs.values.serials import serial_of
from govdocs.xlsx.grid.references import LENGTH_LIMIT
from govdocs.xlsx.slots.cells import number_text
from govdocs.xlsx.slots.filling import present
from govdocs.xlsx.slots.rich_values import readable
from govdocs.xlsx.xml.tokens import write_token


def write_in_text(value: Any) -> str:
    """Write a value amid a text of a formula, ``"…{{ x }}…"``."""
    return _plain(value).replace('"', '""')


def write_in_brackets(value: Any) -> str:
    """Write a value in the name of a table's column, ``表1[{{ x }}年]``."""
    return "".join(f"'{one}" if one in "[]#'" else one for one in _plain(value))


def write_as_constant(value: Any) -> str:
    """Write a value as a constant: a number, a truth value, or a text in quotes."""
    value = plain(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return str(serial_of(value, date1904=present().filling.date1904))
    if isinstance(value, numbers.Number) and not isinstance(value, complex):
        return number_text(value)
    return f'"{write_in_text(value)}"'


def write_formula(text: str, row: str, number: int) -> str:
    """Keep a rendered formula for when it is known where its cells are."""
    if len(text) > LENGTH_LIMIT:
        fields = {"length": len(text), "limit": LENGTH_LIMIT}
        raise DataError.of("xlsx.formula_too_long", fields=fields)
    state = present()
    state.formulas[number, int(row), tuple(state.columns.path)] = text
    return write_token("F", number, row)


def _plain(value: Any) -> str:
    missing = as_missing(value)
    if missing is not None:
        missing.use()
        return ""
    return readable(value)
