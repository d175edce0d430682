"""The entries around a statistics table: 填报单位, 审核人, 填报日期, the year in its title.

An entry is a label with a colon and what stands behind it, several of them in one line sometimes;
or a label in one cell and its value in the next. This module finds entries in texts; it never opens
a file.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from govdocs.values.dates import maybe_chinese_date

KEYS: Final = {
    "unit": "form_head.unit",
    "principal": "form_footer.principal",
    "reviewer": "form_footer.reviewer",
    "preparer": "form_footer.preparer",
    "phone": "form_footer.phone",
    "fill_date": "form_footer.fill_date",
}
"""Under which keys the entries stand in a dict."""

YEAR_KEY: Final = "report.year"

_LABELS: Final = {
    "unit": ("填报单位", "填表单位", "报送单位", "单位名称", "填报机关"),
    "principal": ("单位主要负责人", "单位负责人", "负责人"),
    "reviewer": ("审核人员", "审核人", "复核人"),
    "preparer": ("填报人员", "填报人", "填表人", "制表人", "经办人"),
    "phone": ("联系电话", "填报人电话", "联系方式", "电话号码", "电话"),
    "fill_date": ("填报日期", "填表日期", "报出日期", "报送日期", "填报时间", "填表时间"),
}
_SPACE: Final = r"[\s\u3000]*"
_NAMES: Final = {label: name for name, labels in _LABELS.items() for label in labels}
_ANY_LABEL: Final = "|".join(_SPACE.join(label) for label in sorted(_NAMES, key=len, reverse=True))
_REMARK: Final = r"(?:[（(][^（）()]{0,8}[）)])?"
_ENTRY = re.compile(
    rf"(?:^|(?<=[\s\u3000_＿；;，,、|]))({_ANY_LABEL}){_SPACE}{_REMARK}{_SPACE}[：:]"
)
_FOREIGN = re.compile(
    r"(?<=[\s\u3000_＿])[^\s\u3000_＿：:，。；]{1,10}(?:[（(][^（）()]{0,8}[）)])?[：:]"
)
"""Another label with its colon: 单位：万元."""
_BARE = re.compile(rf"{_SPACE}({_ANY_LABEL}){_SPACE}{_REMARK}{_SPACE}([：:]?){_SPACE}")
_FILLER: Final = " \t\r\n\u3000\u00a0_＿"

_GAP = r"[ \u3000_＿]{2,}|[（(][ \u3000_＿]*[）)]|[XxＸ×*＊○〇]{2,4}|20[ \u3000_＿XxＸ×*]{1,8}"
_TITLE = re.compile(
    rf"(?P<before>[^。，；：:]{{0,40}}?)(?P<year>(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{{2}}|{_GAP})"
    r"[ \u3000]*年(?:度)?[^。，；：:]{0,40}(?P<kind>统计表|情况表|报表|表|报告|年报)\s*"
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a text.

    Attributes:
        name: ``unit``, ``phone``, ...
        start: where what stands behind the colon begins.
        end: where the next entry begins, or the text ends.
        value: what stands there, without the blanks and lines that ask for it.
    """

    name: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the place for its year.

    Attributes:
        before: what stands before the year: the unit, in the title of a report.
        year: None where there is a gap.
        is_report: whether it is the title of a report, not of a sheet.
    """

    start: int
    end: int
    before: str
    year: int | None
    is_report: bool


@lru_cache(maxsize=1024)
def find_entries(text: str, *, is_line: bool = False) -> tuple[Entry, ...]:
    """Find the entries of a cell, or of a line outside of tables, which must begin with one."""
    found = list(_ENTRY.finditer(text)) if "：" in text or ":" in text else []
    if not found or (is_line and text[: found[0].start()].strip(_FILLER)):
        return ()
    return tuple(_read_entry(text, one, other) for one, other in pairwise([*found, None]) if one)


def _read_entry(text: str, found: re.Match[str], following: re.Match[str] | None) -> Entry:
    start = found.end()
    foreign = _FOREIGN.search(text, start)
    stops = [one.start() for one in (following, foreign) if one is not None]
    end = min(stops, default=len(text))
    return Entry(_name(found[1]), start, end, text[start:end].strip(_FILLER))


def maybe_bare_entry(text: str) -> tuple[str, bool] | None:
    """Tell which entry a cell asks for that holds nothing but its label, and if it has a colon."""
    found = _BARE.fullmatch(text.strip(_FILLER)) if len(text) < 40 else None  # noqa: PLR2004
    return (_name(found[1]), bool(found[2])) if found else None


def maybe_title(text: str) -> Title | None:
    """Find the place of the year in a title; None for any other text."""
    found = _TITLE.fullmatch(text) if "年" in text and len(text) < 90 else None  # noqa: PLR2004
    if found is None:
        return None
    digits = found["year"].translate(_CHINESE_DIGITS)
    year = int(digits) if digits.isdigit() and len(digits) == 4 else None  # noqa: PLR2004
    is_report = found["kind"] in {"报告", "年报"}
    return Title(found.start("year"), found.end("year"), found["before"].strip(), year, is_report)


def may_hold_entry(text: str) -> bool:
    """Tell whether a text has entries, is one, or is a title."""
    return bool(_ENTRY.search(text) or maybe_bare_entry(text) or maybe_title(text))


def typed(name: str, value: Any) -> Any:
    """Take the value of an entry: a date as a date, anything else as text."""
    if isinstance(value, str) and name == "fill_date":
        return maybe_chinese_date("".join(value.split())) or value
    return value if isinstance(value, (str, date)) or value is None else str(value)


def keep_gap(text: str) -> str:
    """Return the blanks that stay between a value and the entry behind it."""
    blanks = text[len(text.rstrip(_FILLER)) :]
    return "" if not blanks else "　" if "\u3000" in blanks else "  "


def put(data: dict[str, Any], key: str, value: object) -> None:
    """Set a dotted key that is not set yet."""
    *sections, name = key.split(".")
    for section in sections:
        data = data.setdefault(section, {})
    if data.get(name) in {None, ""}:
        data[name] = value


def _name(label: str) -> str:
    return _NAMES["".join(label.split())]
