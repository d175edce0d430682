"""Scalars of numerical libraries as Python has them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from govdocs.values.plain import plain, plain_scalar
from tests.support.tables import nothing, scalar

DAY, MOMENT = dt.date(2019, 1, 24), dt.datetime(2019, 1, 24, 8, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (scalar("int64", 7), 7),
        (scalar("bool", value=True), True),
        (scalar("float64", 0.1), 0.1),
        (scalar("float32", 0.10000000149011612, "0.1"), 0.1),
        (scalar("str_", "007"), "007"),
        (scalar("datetime64", DAY, "2019-01-24"), DAY),
        (scalar("datetime64", MOMENT, "2019-01-24T08:30:00.000000000"), MOMENT),
        (scalar("datetime64", None, "NaT"), None),
        (scalar("timedelta64", dt.timedelta(1), "1 days"), dt.timedelta(1)),
        (scalar("float64", float("nan")), None),
        (float("nan"), None),
        (nothing("NaTType"), None),
        (nothing("NAType"), None),
        (None, None),
        ("nan", "nan"),
        (Decimal("1.50"), Decimal("1.50")),
        (False, False),
    ],
)
def test_scalar_is_what_it_means(given: Any, meant: object) -> None:
    """Numbers, dates and truth values become Python's; what is no value becomes None."""
    found = plain(given)
    assert (type(found), found) == (type(meant), meant)


def test_array_is_no_scalar() -> None:
    """Only what has no dimensions is taken out of its wrapping."""
    array = type("ndarray", (), {"__module__": "numpy", "ndim": 1})()
    assert plain_scalar(array) is array
