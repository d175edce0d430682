"""Lengths in EMU."""

from typing import Any

import pytest
from docx.shared import Cm, Emu, Inches, Mm, Pt

from govdocs.errors import DataError
from govdocs.values.lengths import LARGEST, SMALLEST, as_length, cm, mm, pt


@pytest.mark.parametrize(
    ("value", "emu"),
    [
        (Mm(42), 1512000),
        (Cm(4.2), 1512000),
        (Pt(12), 152400),
        (Inches(1), 914400),
        (Emu(914400), 914400),
        (1512000, 1512000),
        ("42mm", 1512000),
        (" 42 毫米 ", 1512000),
        ("4.2cm", 1512000),
        ("4.2厘米", 1512000),
        ("12pt", 152400),
        ("12磅", 152400),
        ("1in", 914400),
        ("0.5 英寸", 457200),
        ("42MM", 1512000),
        ("914400emu", 914400),
    ],
)
def test_length_is_taken_from_docx_ints_and_text(value: Any, emu: int) -> None:
    """Units of python-docx and units as people write them."""
    assert as_length(value) == emu
    assert type(as_length(value)) is int


def test_own_functions_agree_with_python_docx() -> None:
    """A millimetre is 36,000 EMU."""
    assert (mm(42), cm(4.2), pt(10.5)) == (Mm(42), Cm(4.2), Pt(10.5))


@pytest.mark.parametrize(
    "value", ["", "42", "mm", "42 km", "-42mm", "4,2cm", 42.0, None, True, b"1"]
)
def test_what_is_no_length_is_refused(value: Any) -> None:
    """A number without unit in text could be anything."""
    with pytest.raises(DataError) as caught:
        as_length(value)
    assert caught.value.problems[0].code == "value.not_a_length"


@pytest.mark.parametrize("value", [42, 0, -1512000, SMALLEST - 1, LARGEST + 1, "0mm", "999999cm"])
def test_length_whose_unit_was_forgotten_is_refused(value: Any) -> None:
    """Width=42 would be a picture that nobody sees."""
    with pytest.raises(DataError) as caught:
        as_length(value)
    assert caught.value.problems[0].code == "value.length_out_of_range"


def test_forgotten_unit_is_told_how_to_mend() -> None:
    """The whole sentence."""
    with pytest.raises(DataError) as caught:
        as_length(60)
    assert caught.value.message("zh") == (
        "[value.length_out_of_range] 长度“60”超出页面可能的范围\n"
        "  改法：不带单位的整数按 EMU 计（1 毫米 = 36000 EMU）；毫米请写 Mm(42) 或 42mm"
    )
