"""What stands in a cell is told apart: numbers, four ways to write nothing, and the rest."""

from decimal import Decimal

import pytest

from govdocs.forms import load_form
from govdocs.forms.readings import clean_value, mark_of, read_value

COUNT = load_form("disclosure-2014").by_key["meetings"]
MONEY = load_form("disclosure-2014").by_key["special_funds"]
PURCHASE = load_form("disclosure-2019").by_key["t2.procurement_amount"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", "blank"),
        (" \n\u3000", "blank"),
        ("/", "slash"),
        ("／", "slash"),
        ("——", "dash"),
        ("—", "dash"),
        ("-", "dash"),
        ("－－", "dash"),
        ("0", ""),
        ("-1", ""),
        ("无", ""),
    ],
)
def test_ways_to_write_nothing_are_told_apart(text: str, mark: str) -> None:
    """0 is a number; 无 is neither."""
    assert mark_of(text) == mark


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        (0, 0),
        (3.0, 3),
        ("1,280", 1280),
        ("１２", 12),
        (" 0 ", 0),
        (None, ""),
        ("  ", ""),
        ("／", "/"),
        ("－", "——"),
        ("若干", "若干"),
        (1.5, Decimal("1.5")),
    ],
)
def test_cell_becomes_what_a_dict_holds(value: object, cleaned: object) -> None:
    """Reading a sheet gives what a fill takes; what is no figure stays to be told."""
    found = clean_value(value, COUNT)
    assert found == cleaned
    assert type(found) is type(cleaned)


def test_money_keeps_its_places_and_loses_its_unit_only_where_a_cell_may_hold_it() -> None:
    """采购总金额 is written with 元; 万元 is ten thousand of them."""
    assert str(clean_value("12.50", MONEY)) == "12.50"
    assert clean_value("251000元", PURCHASE) == 251000
    assert clean_value("25.1 万元", PURCHASE) == 251000
    assert clean_value("251000元", MONEY) == "251000元"


@pytest.mark.parametrize("value", [0.1 + 0.2, 0.3, Decimal("0.3")])
def test_noise_of_a_float_is_no_figure(value: object) -> None:
    """A float is the decimal of fifteen digits that it stands for."""
    assert read_value(value).number == Decimal("0.3")


@pytest.mark.parametrize("value", [10**15, -(10**15), "1" * 16, 1e300, Decimal("1e-11"), b"1", {}])
def test_what_no_office_counts_is_unreadable(value: object) -> None:
    """Beyond fifteen digits sums would not be exact any more."""
    assert read_value(value).fault == "unreadable"
