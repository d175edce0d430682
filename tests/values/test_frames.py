"""Data frames, whosever they are."""

from typing import Any

import pytest

from govdocs.values.frames import Frame, maybe_frame, rows_of
from tests.support.tables import ArrowLike, PandasLike, PolarsLike, scalar

COLUMNS, ROWS = ["单位", "数量"], [("甲局", 3), ("乙局", float("nan")), ("丙局", 5)]


def frame_of(kind: Any) -> Frame:
    """Make a frame of ours of one of theirs."""
    frame = maybe_frame(kind(COLUMNS, ROWS))
    assert frame is not None
    return frame


@pytest.mark.parametrize("kind", [PandasLike, PolarsLike, ArrowLike])
def test_frame_is_rows_and_columns(kind: Any) -> None:
    """Rows are mappings, columns lists; what is no number is None."""
    frame = frame_of(kind)
    assert list(frame) == [
        {"单位": "甲局", "数量": 3},
        {"单位": "乙局", "数量": None},
        {"单位": "丙局", "数量": 5},
    ]
    assert (len(frame), frame.columns) == (3, ["单位", "数量"])
    assert (frame["数量"], frame.数量) == ([3, None, 5], [3, None, 5])
    assert (frame[-1]["单位"], [row["单位"] for row in frame[:2]]) == ("丙局", ["甲局", "乙局"])
    assert next(rows_of(frame)) == ("甲局", 3)


def test_what_a_frame_does_not_have_is_not_found() -> None:
    """A row or a column too far is told as Python does."""
    frame = frame_of(PandasLike)
    for key, error in ((3, IndexError), (-4, IndexError), ("年", KeyError)):
        with pytest.raises(error):
            frame[key]
    with pytest.raises(AttributeError):
        _ = frame.年


def test_columns_named_by_numbers_are_looked_up_first() -> None:
    """Years as names of columns, numpy's too, are names."""
    frame = maybe_frame(PandasLike([scalar("int64", 2020), 2021], [(1, 2)]))
    assert frame is not None
    assert (frame[2020], frame[0]) == ([1], {2020: 1, 2021: 2})


@pytest.mark.parametrize("value", [[{"a": 1}], {"columns": [1]}, "text", 1, None, object()])
def test_anything_else_is_no_frame(value: object) -> None:
    """Lists, mappings and plain values stay what they are."""
    assert maybe_frame(value) is None
