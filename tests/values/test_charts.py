"""The data of charts, read from what programs and data files have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs import Chart, DataError
from govdocs.values.charts import Described, Series, is_gap, read_chart


class Frame:
    """What can be known of a pandas data frame."""

    columns = ("年", "收到")

    def itertuples(self, *, index: bool, name: None) -> list[tuple[object, ...]]:
        """Give the rows."""
        assert (index, name) == (False, None)
        return [("2019", 3), ("2020", float("nan"))]

    def __len__(self) -> int:
        return 2


def test_data_frame_is_a_table() -> None:
    """Its first column holds the categories; what is not there is a gap."""
    assert read_chart(Frame()) == Chart(["2019", "2020"], {"收到": [3, None]})


def test_chart_tells_all_faults_when_it_is_made() -> None:
    """A program learns of its fault where it makes the chart."""
    with pytest.raises(DataError) as caught:
        Chart(["a"], {"甲": [1, 2], "乙": ["x"]})
    assert [one.code for one in caught.value.problems] == [
        "chart.lengths_differ",
        "chart.not_a_number",
    ]


def test_points_keep_their_own_x_and_size() -> None:
    """Pairs and triples are taken apart."""
    chart = Chart(series={"p": [(1, 2, 3), (4, None, 6)]})
    assert chart.series == (Series("p", (2, None), (1, 4), (3, 6)),)
    assert Chart(series=chart.series) == chart


def test_description_of_the_template_gives_way_to_that_of_the_data() -> None:
    """A chart that says what it shows is not described by the sample."""
    chart = Chart(["a"], {"n": [1]}, alt="自己的")
    assert read_chart(Described(chart, "样本")).alt == "自己的"
    assert read_chart(Described({"a": 1}, "样本")).alt == "样本"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_law_figures_are_never_rounded(value: float) -> None:
    """What is drawn is what was given."""
    [series] = Chart(["a"], {"n": [value]}).series
    assert series.values == (value,)
    assert not is_gap(value)
