"""Random templates with data that they can be filled with, in Word and in Excel.

Every static text is a word of its own and no value holds one, so that what is read back is sure;
values are of all kinds that print in a form of their own.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from hypothesis import strategies as st

from tests.support.word import word_package

_W = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'

texts = st.text(alphabet="abcxyz ,.", min_size=1, max_size=8).map(str.strip).filter(bool)
counts = st.integers(-(10**9), 10**9)
amounts = st.decimals(-(10**6), 10**6, places=2).filter(lambda one: one % 1 != 0)
days = st.dates(date(1900, 3, 1), date(2100, 1, 1))
values = st.one_of(texts, counts, amounts, days)

FILTERS: dict[str, st.SearchStrategy[Any]] = {
    "date": days,
    "cn_date": days,
    "cn_number": st.integers(0, 10**12),
    "item_number": st.integers(1, 999),
    "level(1)": st.integers(1, 99),
    "level(2)": st.integers(1, 99),
    "level(3)": st.integers(1, 99),
    "level(4)": st.integers(1, 99),
    "wan": st.one_of(st.integers(-(10**12), 10**12), amounts),
    "yi": st.integers(-(10**12), 10**12),
    "rmb": st.one_of(st.integers(-(10**9), 10**9), amounts),
    "thousands": st.one_of(counts, amounts),
}


@dataclass
class Case:
    """A template's lines and data for it.

    Attributes:
        lines: paragraphs, or cells below each other.
        data: what they are filled with.
    """

    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    serial: int = 0

    def name(self, stem: str) -> str:
        """Make a name that is not used yet."""
        self.serial += 1
        return f"{stem}{self.serial}"

    def word(self) -> str:
        """Make a static text that stands nowhere else."""
        self.serial += 1
        digits = "甲乙丙丁戊己庚辛壬癸"
        return "固" + "".join(digits[int(one)] for one in str(self.serial)) + "定"


def as_word(lines: Sequence[str], **parts: Any) -> bytes:
    """Write lines as the paragraphs of a Word template."""
    return word_package("".join(_W.format(escape(line)) for line in lines), **parts)


def as_sheet(rows: Sequence[Sequence[Any]], name: str = "表") -> bytes:
    """Write rows of cells as a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@st.composite
def word_cases(draw: st.DrawFn) -> Case:
    """A Word template of nested loops, conditions and texts, and data for it."""
    case = Case()
    case.lines, case.data = _block(draw, case, "", depth=0)
    return case


def _block(draw: st.DrawFn, case: Case, scope: str, depth: int) -> tuple[list[str], dict[str, Any]]:
    lines: list[str] = []
    data: dict[str, Any] = {}
    for _ in range(draw(st.integers(1, 3))):
        kinds = ["line", "line", "loop", "if"] if depth < 2 else ["line"]
        kind = draw(st.sampled_from(kinds))
        if kind == "line":
            text, own = _line(draw, case, scope)
            lines.append(text)
            data |= own
        elif kind == "loop":
            more, own = _loop(draw, case, scope, depth)
            lines += more
            data |= own
        else:
            flag = case.name("flag")
            data[flag] = draw(st.booleans())
            lines += [
                f"{{%p if {scope}{flag} %}}",
                case.word(),
                "{%p else %}",
                case.word(),
                "{%p endif %}",
            ]
    return lines, data


def _loop(draw: st.DrawFn, case: Case, scope: str, depth: int) -> tuple[list[str], dict[str, Any]]:
    name, item = case.name("rows"), case.name("item")
    body, sample = _block(draw, case, f"{item}.", depth + 1)
    items = [_again(draw, sample) for _ in range(draw(st.integers(0, 3)))]
    head = f"{{%p for {item} in {scope}{name} %}}"
    body.insert(0, case.word())  # an item that shows nothing cannot be counted
    return [head, *body, "{%p endfor %}"], {name: items}


def _again(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    """Draw other values of the same kinds."""
    return {key: _other(draw, value) for key, value in data.items()}


def _other(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, bool):
        return draw(st.booleans())
    if isinstance(value, list):
        first = value[:1]
        return [_other(draw, one) for one in first * draw(st.integers(0, 3))]
    if isinstance(value, dict):
        return _again(draw, value)
    if isinstance(value, date):
        return draw(days)
    return draw(
        texts if isinstance(value, str) else amounts if isinstance(value, Decimal) else counts
    )


def _line(draw: st.DrawFn, case: Case, scope: str) -> tuple[str, dict[str, Any]]:
    text, data = case.word(), dict[str, Any]()
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["value", "value", "list", "if", "join"]))
        name = case.name("v")
        if kind == "value":
            data[name] = draw(values)
            text += f"{{{{ {scope}{name} }}}}"
        elif kind == "if":
            data[name] = draw(st.booleans())
            text += f"{{% if {scope}{name} %}}{case.word()}{{% else %}}{case.word()}{{% endif %}}"
        elif kind == "join":
            data[name] = draw(st.lists(texts, max_size=3))
            text += f"{{{{ {scope}{name}|join('、') }}}}"
        else:
            data[name] = draw(st.lists(texts, max_size=4))
            last = "{% if not loop.last %}、{% endif %}"
            text += f"{{% for one in {scope}{name} %}}{{{{ one }}}}{last}{{% endfor %}}"
        text += case.word()
    return text, data
