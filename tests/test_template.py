"""The hall: what engines leave out of a message is put in."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from govdocs import DataError, Template, TemplateError

ROWS = [["{% for x in xs %}{{ x.a }}", "{{ x.b }}{% endfor %}"], ["{{ name }}", "=B1*2"]]


def save_workbook(path: Path, rows: Sequence[list[str]]) -> Path:
    """Save a workbook of one sheet."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "表"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_missing_name_of_a_workbook_is_told_with_the_file(tmp_path: Path) -> None:
    """Of several templates one must know which is meant."""
    path = save_workbook(tmp_path / "sheet.xlsx", ROWS)
    with pytest.raises(DataError) as caught:
        Template(path).fill({"xs": [{"a": 1, "b": 2}]})
    assert caught.value.problems[0].place.describe("en") == (
        f"{path} > cell 表!A2 > {{{{ name }}}} (name)"
    )


def test_formula_that_lost_its_cell_is_told_with_the_file(tmp_path: Path) -> None:
    """What is no tag's fault has its file too."""
    path = save_workbook(tmp_path / "sheet.xlsx", ROWS)
    with pytest.raises(DataError) as caught:
        Template(path).fill({"xs": [], "name": "甲"})
    assert [one.code for one in caught.value] == ["reference.vanished"]
    assert caught.value.problems[0].place.file == str(path)


def test_broken_tag_of_a_workbook_is_told_with_the_file(tmp_path: Path) -> None:
    """A template's faults name the template."""
    path = save_workbook(tmp_path / "sheet.xlsx", [["{{ name }"]])
    with pytest.raises(TemplateError) as caught:
        Template(path)
    assert caught.value.problems[0].place.file == str(path)
