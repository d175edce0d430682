"""The samples: the figures of the real case are the published ones, the persons are nobody."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

NOT_ZERO = {
    "proactive_total": 401,
    "channel_website": 401,
    "channel_weibo": 7,
    "channel_wechat": 77,
    "dedicated_offices": 1,
    "reading_points": 1,
    "staff_total": 4,
    "staff_full_time": 2,
    "staff_part_time": 2,
}
PLACEHOLDER_PHONE = "0000-0000000"
SAMPLES = ("helan-2018", "example-2020", "example-2021")


@pytest.fixture(scope="module")
def sample(root: Path) -> dict[str, Any]:
    """The sample's dict, read by a YAML reader that is not ours."""
    data = yaml.safe_load((root / "samples/helan-2018.yaml").read_text("utf-8"))
    assert isinstance(data, dict)
    return data


@pytest.fixture(params=SAMPLES)
def text(root: Path, request: pytest.FixtureRequest) -> str:
    """The text of each sample's file."""
    return (root / f"samples/{request.param}.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def definition(root: Path) -> dict[str, Any]:
    """The form's definition."""
    path = root / "src/govdocs/forms/definitions/disclosure-2014.toml"
    return tomllib.loads(path.read_text("utf-8"))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a dict with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, f"{path}[]")
    elif isinstance(value, str):
        yield path, value


def test_sample_has_the_58_figures_of_the_form_in_their_order(
    sample: dict[str, Any], definition: dict[str, Any]
) -> None:
    """No key is missing, misspelt or too many."""
    rows = definition["table"][0]["block"][0]["rows"]
    assert list(sample["stats"]) == [row["key"] for row in rows if "key" in row]
    assert len(sample["stats"]) == 58


def test_nine_figures_of_the_sample_are_not_zero(sample: dict[str, Any]) -> None:
    """They are the published ones; the other 49 are 0, and none is blank."""
    assert {key: figure for key, figure in sample["stats"].items() if figure != 0} == NOT_ZERO
    assert [type(figure) for figure in sample["stats"].values()] == [int] * 58


@pytest.mark.parametrize("code", ["E1", "E2", "E3", "E4", "E5", "E6", "E7"])
def test_sum_holds_in_the_sample(
    sample: dict[str, Any], definition: dict[str, Any], code: str
) -> None:
    """What the form says of its totals."""
    [relation] = [item for item in definition["relation"] if item["code"] == code]
    stats = sample["stats"]
    assert relation["kind"] == "equal"
    assert sum(stats[key] for key in relation["left"]) == sum(
        stats[key] for key in relation["right"]
    )


def test_breakdown_of_the_prose_adds_up_to_the_total(sample: dict[str, Any]) -> None:
    """Eight kinds of information, 401 items."""
    assert [item["count"] for item in sample["breakdown"]] == [200, 62, 68, 15, 10, 12, 17, 17]
    assert sum(item["count"] for item in sample["breakdown"]) == sample["stats"]["proactive_total"]


def test_figures_and_dates_beside_the_table_are_the_published_ones(
    sample: dict[str, Any],
) -> None:
    """Dates are dates, not text, so that templates can write them in any form."""
    report = sample["report"]
    assert (sample["hotline_12345_solved"], sample["proposals_disclosed"]) == (27, 0)
    assert (report["year"], report["plan_year"]) == (2018, 2019)
    assert report["period_start"] == dt.date(2018, 1, 1)
    assert report["period_end"] == dt.date(2018, 12, 31)
    assert report["sign_date"] == dt.date(2019, 1, 24)
    assert sample["form_footer"]["fill_date"] == report["sign_date"]
    assert (report["seal_note"], report["signature"]) == ("代章", "贺兰工业园区管理委员会")


def test_sections_have_the_shape_of_the_report(sample: dict[str, Any]) -> None:
    """5 headed paragraphs, 5 more whose first has 3 items, 2 problems, 4 items of the plan."""
    sections = sample["sections"]
    assert [set(part) for part in sections["overview"]] == [{"heading", "text"}] * 5
    assert [len(part.get("points", [])) for part in sections["implementation"]] == [3, 0, 0, 0, 0]
    assert [set(item) for item in sections["problems"]] == [{"lead", "text"}] * 2
    assert [set(item) for item in sections["plan"]["items"]] == [{"lead", "text"}] * 4


def test_persons_phones_and_mails_of_a_sample_are_placeholders(text: str) -> None:
    """Nobody is named, and nobody can be called or written to."""
    found = dict(texts(yaml.safe_load(text)))
    people = ("head.name", "deputy.name", "daily_contact", "principal", "reviewer", "preparer")
    names = {text for path, text in found.items() if path.endswith(people)}
    phones = {text for path, text in found.items() if path.endswith(("phone", "fax"))}
    mails = {text for text in found.values() if "@" in text}
    assert names == {"张某某", "李某某", "王某某"}
    assert phones == {PLACEHOLDER_PHONE}
    assert mails == {"gongkai@example.com"}


def test_sample_holds_no_other_number_that_could_be_called(text: str) -> None:
    """Seven digits or more are a telephone number, unless they are noughts or an amount."""
    found = re.findall(r"(?<!procurement_amount: )\b\d{7,}", text)
    assert [digits for digits in found if set(digits) != {"0"}] == []


def test_chinese_text_of_a_sample_has_no_spaces_in_it(text: str) -> None:
    """A text folded over lines of YAML would have a space at every fold."""
    spaced = [
        path
        for path, words in texts(yaml.safe_load(text))
        if re.search(r"[^\x00-\x7f]\s|\s[^\x00-\x7f]", words)
    ]
    assert spaced == []
