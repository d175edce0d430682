"""The scanner: cut where references stand, right where openpyxl's tokenizer is, and beyond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula import Tokenizer

from govdocs.xlsx.grid.address import (
    Area,
    cell_name,
    column_name,
    column_number,
    maybe_area,
    maybe_ref,
    quote_sheet,
)
from govdocs.xlsx.grid.calls import parse_calls, text_of
from govdocs.xlsx.grid.formula import Token, join, scan

TRICKY = [
    "SUM(A1:A5,'2018年 统计'!C5:C5)",
    "'O''Brien'!$A$1*表1!C6",
    "Sheet1:Sheet3!A1+SUM(一:三!B2:C3)",
    "[1]Sheet1!A1+'[2]a b'!C:C",
    "'C:\\dir\\[x.xlsx]S 1'!A1",
    "明细[数量]+明细[[#This Row],[单价]]*2",
    "明细[[#Headers],[#Data],[a b]]",
    'IF(A1<>"a""b",{1,2;3,"x"},#N/A)',
    "-A1%+2^-3",
    "(A1:B2,C3) D4:E5",
    "5:5+$6:8+C:C+$D:$E",
    "LOG10(LOG10)+ATAN2(1,2)",
    "1E5+1.5E-3+.5+A1",
    "TRUE+FALSE()",
    "Sheet1!#REF!+#REF!",
    "_xlfn.LET(_xlpm.x,A1:A3,SUM(_xlpm.x))",
    "_xlfn.ANCHORARRAY(A1)+_xlfn.SINGLE(B1)",
    "合计+表.数+a\\b",
    "A1:INDEX(B:B,3)",
    'CONCATENATE("表1!C5",表1!C5)',
    "IF(A1=B1,C1>=D1,E1&F1)",
    "SUM( A1 , B2 )",
    "SUM(A1:\nB2)",
    "XFD1048576+XFE1+A1048577",
    "SUMIFS(C:C,A:A,\">=\"&E1,B:B,'x y'!F1)",
]


def operands(formula: str) -> list[tuple[str, str]]:
    """Operands and calls as our scanner has them, in openpyxl's words."""
    kinds = {"call": "FUNC", "string": "TEXT", "number": "NUMBER", "error": "ERROR"}
    found = []
    for token in scan(formula):
        kind = kinds.get(token.kind, "RANGE")
        if token.kind == "name" and token.text in {"TRUE", "FALSE"}:
            kind = "LOGICAL"
        if token.kind == "error" and token.scope is not None:
            kind = "RANGE"
        if token.kind in {*kinds, "ref", "name", "table"}:
            found.append((kind, token.text))
    return found


def theirs(formula: str) -> list[tuple[str, str]]:
    """Operands and calls as openpyxl's tokenizer has them, array constants left out."""
    found, depth = [], 0
    for item in Tokenizer("=" + formula).items:
        depth += (item.type == "ARRAY") * (1 if item.subtype == "OPEN" else -1)
        if depth == 0 and item.type == "OPERAND":
            found.append((item.subtype, item.value))
        elif item.type == "FUNC" and item.subtype == "OPEN":
            found.append(("FUNC", item.value))
    return found


@pytest.mark.parametrize(
    "formula", [f for f in TRICKY if "INDEX(" not in f and "\n" not in f], ids=str
)
def test_scanner_finds_what_openpyxl_finds(formula: str) -> None:
    """Operands and calls are those of openpyxl's tokenizer, which is right on these."""
    assert operands(formula) == theirs(formula)


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        ("A1:INDEX(B1,3)", "ref operator call ref comma number close"),  # one token to openpyxl
        ("A1#", "ref operator"),  # openpyxl raises
        ("明细[a'[b]", "table"),  # openpyxl raises
        ("#SPILL!+#CALL!", "error operator error"),  # openpyxl raises
        ("A1\t+2", "ref space operator number"),  # openpyxl has the tab in the reference
        ("#REF!A1", "error"),  # openpyxl goes on with a reference to A1
        ("A1\u3000+\xa0B1", "ref space operator space ref"),  # so is the space of a Chinese page
        ("A1:表!B2", "ref operator ref"),
        ("Sheet1!A1:Sheet1!B3", "ref operator ref"),
        ("@A1", "operator ref"),
        ("[1]!名+[1]表!名", "name operator name"),
        ("'a", "operator name"),
        ('"a', "string"),
        ("{1", "operator number"),
        ("XFE1+A0+A1048577", "name operator name operator name"),
        ("A1.b+A1?+表A1", "name operator name operator name"),
        ("$C$5:d$8", "ref"),
        ("'x'!表A1(1)", "call number close"),
        ("", ""),
    ],
)
def test_scanner_where_openpyxl_is_wrong_or_silent(formula: str, kinds: str) -> None:
    """Kinds of tokens of formulas that openpyxl's tokenizer raises on, or reads otherwise."""
    assert " ".join(token.kind for token in scan(formula)) == kinds


WORDS = st.sampled_from(
    [
        "A1", "$B$2", "C3:D4", "$5:6", "C:$D", "表!C5", "'a b'!C5:C6", "一:三!A1", "[1]S!A1",
        "明细[数量]", "明细[[#This Row],[a]]", "合计", "TRUE", "1", "2.5E-3", '"表!A1"', '"a""b"',
        "#N/A", "#DIV/0!",
    ]
)  # fmt: skip
FORMULAS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/^&=<>"), inner).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda own: f"SUM({','.join(own)})"),
        inner.map(lambda own: f"({own})"),
        inner.map(lambda own: f"-{own}%"),
    ),
    max_leaves=12,
)


@given(FORMULAS)
def test_any_formula_is_read_as_openpyxl_reads_it(formula: str) -> None:
    """Made-up formulas have the operands and calls that openpyxl finds."""
    assert operands(formula) == theirs(formula)


@given(st.text(alphabet="A1$:!'\"[](){},;.+-*#@ \n表é\U0001f600eE%<>=\\?_", max_size=40))
def test_any_text_goes_through_the_scanner_letter_by_letter(text: str) -> None:
    """The scanner never fails and never loses a letter, nor does the tree of calls."""
    assert join(scan(text)) == text
    assert text_of((parse_calls(text),)) == text


def test_calls_nested_too_deep_are_kept_as_text() -> None:
    """A formula with a thousand parentheses is no reason to run out of stack."""
    deep = "(" * 1000 + "A1" + ")" * 1000
    assert text_of((parse_calls(deep),)) == deep


@given(st.integers(1, 16_384))
def test_columns_letters_are_its_number(column: int) -> None:
    """Letters and numbers of columns are two spellings."""
    assert column_number(column_name(column)) == column


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("C5", "C5"),
        ("$c$5", "$C$5"),
        ("C8:$A5", "$A5:C8"),
        ("C$8:A5", "A5:C$8"),
        ("7:$5", "$5:7"),
        ("$D:B", "B:$D"),
        ("XFD1048576", "XFD1048576"),
    ],
)
def test_reference_is_read_in_order(text: str, local: str) -> None:
    """First is never after last; each mark stays with its coordinate."""
    ref = maybe_ref(text)
    assert ref is not None
    assert str(ref) == local


@pytest.mark.parametrize(
    "text",
    [
        "",
        "C",
        "5",
        "C0",
        "XFE1",
        "A1048577",
        "A:5",
        "0:5",
        "5:1048577",
        "A:XFE",
        "A1:B",
        "A1:B2:C3",
    ],
)
def test_text_that_is_no_address_is_none(text: str) -> None:
    """Names and half addresses are not references."""
    assert maybe_ref(text) is None
    assert maybe_area(text) is None


def test_areas_are_written_as_addresses() -> None:
    """One cell is its name, more are two."""
    assert str(Area(5, 3, 5, 3)) == cell_name(5, 3) == "C5"
    assert str(Area(5, 3, 8, 4)) == "C5:D8"


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("表", "表!"),
        ("Sheet1", "Sheet1!"),
        ("2018年", "'2018年'!"),
        ("a b", "'a b'!"),
        ("O'Brien", "'O''Brien'!"),
        ("A1", "'A1'!"),
        ("R1C1", "'R1C1'!"),
        ("rc", "'rc'!"),
        ("TRUE", "'TRUE'!"),
        ("表（一）", "'表（一）'!"),
        ("a.b_c", "a.b_c!"),
    ],
)
def test_sheet_name_is_quoted_where_it_must_be(name: str, prefix: str) -> None:
    """What looks like a cell, begins with a digit or holds a sign is quoted."""
    assert quote_sheet(name) == prefix
    scanned = scan(prefix + "C5")
    assert [(token.kind, token.scope.sheet) for token in scanned if token.scope] == [("ref", name)]


def test_run_of_sheets_is_quoted_as_one() -> None:
    """Quotes stand around both names."""
    assert quote_sheet("一", "三") == "一:三!"
    assert quote_sheet("一", "a b") == "'一:a b'!"


def test_token_is_plain_data() -> None:
    """Tokens of one text are equal."""
    assert scan("A1+1")[1] == Token("operator", "+")
