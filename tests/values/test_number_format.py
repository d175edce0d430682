"""Values shown as sheets show them."""

# ruff: noqa: DTZ001 - documents and sheets have no zones

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.numbers import is_date_format as openpyxl_is_date_format

from govdocs.errors import DataError, Problem
from govdocs.values.number_format import (
    builtin_code,
    code_for,
    format_kind,
    is_date_format,
    show,
    typed_value,
)

AFTERNOON = 43489.646  # 2019-01-24 15:30:14.400

NUMBERS: list[tuple[Any, str, str]] = [
    # General
    (0, "General", "0"),
    (401, "General", "401"),
    (-7.5, "General", "-7.5"),
    (1 / 3, "General", "0.333333333"),
    (0.1 + 0.2, "General", "0.3"),
    (1234567.123456, "General", "1234567.123"),
    (12345678901.5, "General", "12345678902"),
    (99999999999.9, "General", "1E+11"),
    (123456789012, "General", "1.23457E+11"),
    (0.00012345, "General", "0.00012345"),
    (0.0000123, "General", "1.23E-05"),
    (0.0000999999999, "General", "0.0001"),
    (Decimal("12.50"), "General", "12.5"),
    (5, 'General"件"', "5件"),
    (1234, "G/通用格式", "1234"),
    (5, "@", "5"),
    # digits
    (1234.567, "0", "1235"),
    (2.5, "0", "3"),
    (1.005, "0.00", "1.01"),
    (-0.001, "0.00", "-0.00"),
    (5, "0.00", "5.00"),
    (5, "000", "005"),
    (12345, "000", "12345"),
    (1.5, "0.##", "1.5"),
    (5, "0.##", "5."),
    (5, "0.??", "5.  "),
    (5, "???.??", "  5.  "),
    (0.5, "#.##", ".5"),
    (0, "#", ""),
    (12.5, ".00", "12.50"),
    (5, "#-###", "-5"),
    (123456789, "000-00-0000", "123-45-6789"),
    (1234567, "#,##0", "1,234,567"),
    (0, "#,##0", "0"),
    (999, "#,##0", "999"),
    (-1234567.891, "#,##0.00", "-1,234,567.89"),
    (1234, "0,000,000", "0,001,234"),
    (1234, "?,???,???", "    1,234"),
    (1234567, "#,##0,", "1,235"),
    (1234567, "0.0,,", "1.2"),
    (1234567, '0!.0,"万"', "123.5万"),
    (1234567, '0\\.0,"万"', "123.5万"),
    # percent
    (0.339, "0%", "34%"),
    (0.3392, "0.00%", "33.92%"),
    (-0.125, "0.0%", "-12.5%"),
    # exponents
    (12345.678, "0.00E+00", "1.23E+04"),
    (0.00012345, "0.00E+00", "1.23E-04"),
    (12345.678, "##0.0E+0", "12.3E+3"),
    (0, "0.00E+00", "0.00E+00"),
    (9.999, "0.0E+0", "1.0E+1"),
    (1234, "0E-0", "1E3"),
    # fractions
    (5.25, "# ?/?", "5 1/4"),
    (-5.25, "# ?/?", "-5 1/4"),
    (5, "# ?/?", "5    "),
    (0, "# ?/?", "0    "),
    (0.25, "# ?/?", " 1/4"),
    (0.3, "# ??/??", "  3/10"),
    (0.999, "# ?/?", "1    "),
    (3.25, "?/?", "13/4"),
    (5.3, "# ?/8", "5 2/8"),
    (0.35, "# ??/100", " 35/100"),
    (0.3, '# ?/?"份"', " 2/7份"),
    # literals
    (12, '"共"0"件"', "共12件"),
    (12, "¥0", "¥12"),
    (12, "[$¥-804]#,##0.00", "¥12.00"),
    (12, "[$USD] 0", "USD 12"),
    (12, "0_)", "12 "),
    (12, "*-0", "12"),
    (12, '0"未收尾', "12未收尾"),
    (-5, '"x"0', "-x5"),
    # sections
    (5, "0;(0);零", "5"),
    (-5, "0;(0);零", "(5)"),
    (0, "0;(0);零", "零"),
    (0, "0;(0)", "0"),
    (-5, "0;;", ""),
    (5, ";;;", ""),
    (-1234, "#,##0_);[Red](#,##0)", "(1,234)"),
    (5, "[红色]0", "5"),
    (5, "[Color10]0", "5"),
    (50, "[<60]不及格;[<85]合格;优秀", "不及格"),
    (70, '[<60]"低";[<85]"中";"高"', "中"),
    (90, '[<60]"低";[<85]"中";"高"', "高"),
    (-5, "[<100]0;0.0", "-5"),
    (150, "[<100]0;0.0", "150.0"),
    (-5, "[<0]0;0.0", "5"),
    (-20, '[<-10]0"低"', "20低"),
    (-5, '[<-10]0"低"', "-5低"),
    (-5, '[>-10]0"高"', "-5高"),
    (-25, "[<=-25]0;[>=25]0;0", "25"),
    (-2, "[>=-1]0;0", "2"),
    (-2, "[>=1]0;0", "-2"),
    (-12.3, '[>=1000000]#,,"M";0.00', "-12.30"),
    (-12.3, "[=0]?;#,##0.00", "-12.30"),
    (-5, "[<=0]0;0.0", "5"),
    (-5, '"甲"', "-甲"),
    (-5, "", "-5"),
    (7, "[=7]是;否", "是"),
    (8, "[<>7]否;是", "否"),
    (5, "[>10]0;[<0]0", "########"),
    # Chinese digits
    (1234, "[DBNum1]General", "一千二百三十四"),
    (10, "[DBNum1][$-804]General", "一十"),
    (101, "[DBNum1][$-804]General", "一百〇一"),
    (1234.5, "[DBNum2][$-804]General", "壹仟贰佰叁拾肆.伍"),
    (101, "[DBNum2]", "壹佰零壹"),
    (1234, "[DBNum3][$-804]General", "１千２百３十４"),
    (2019, "[DBNum1]0", "二〇一九"),
    (1234.5, "[DBNum2]0.00", "壹贰叁肆.伍零"),
    (123456789012, "[DBNum2]", "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰"),
    (10**16, "[DBNum1]General", "一" + "〇" * 16),
    # not numbers
    ("文字", "0.00", "文字"),
    ("文字", '0;0;0;"《"@"》"', "《文字》"),
    ("文字", '"《"@"》"', "《文字》"),
    ("文字", "yyyy;@", "文字"),
    ("文字", ";;;", ""),
    (True, "0", "TRUE"),
    (False, "General", "FALSE"),
    (None, "0.00", ""),
]

MOMENTS: list[tuple[Any, str, str]] = [
    (AFTERNOON, "yyyy/m/d", "2019/1/24"),
    (AFTERNOON, 'yyyy"年"m"月"d"日"', "2019年1月24日"),
    (AFTERNOON, "yyyy年m月d日", "2019年1月24日"),
    (AFTERNOON, "yyyy-mm-dd hh:mm:ss", "2019-01-24 15:30:14"),
    (AFTERNOON, "yy.mm.dd", "19.01.24"),
    (AFTERNOON, "YYYY-MM-DD", "2019-01-24"),
    (AFTERNOON, "d-mmm-yy", "24-Jan-19"),
    (AFTERNOON, "dddd, mmmm d", "Thursday, January 24"),
    (AFTERNOON, "ddd mmmmm", "Thu J"),
    (AFTERNOON, "aaaa", "星期四"),
    (AFTERNOON, "aaa", "四"),
    (AFTERNOON, "[$-804]dddd", "星期四"),
    (AFTERNOON, "[$-804]ddd mmm mmmm mmmmm", "周四 1月 一月 一"),
    (AFTERNOON, "[$-zh-CN]dddd", "星期四"),
    (AFTERNOON, "[$-409]dddd", "Thursday"),
    (AFTERNOON, 'e"年"', "2019年"),
    (AFTERNOON, "bbbb", "2562"),
    (AFTERNOON, "bb", "62"),
    (AFTERNOON, 'ggge"年"', "2019年"),
    (AFTERNOON, "[$-xyz]mmm", "Jan"),
    (AFTERNOON, "h:mm", "15:30"),
    (AFTERNOON, "h:mm AM/PM", "3:30 PM"),
    (AFTERNOON, "h:mm A/P", "3:30 P"),
    (AFTERNOON, "[$-804]AM/PM h:mm", "下午 3:30"),
    (AFTERNOON, '上午/下午h"时"mm"分"', "下午3时30分"),
    (0.0, "h:mm AM/PM", "12:00 AM"),
    (0.5, "上午/下午h", "下午12"),
    (AFTERNOON, "mm:ss", "30:14"),
    (AFTERNOON, "mm:ss.0", "30:14.4"),
    (AFTERNOON, "ss.000", "14.400"),
    (AFTERNOON, "m/d h:m", "1/24 15:30"),
    (AFTERNOON, "[$-F800]dddd, mmmm dd, yyyy", "2019年1月24日"),
    (AFTERNOON, "[$-F400]h:mm:ss AM/PM", "15:30:14"),
    (AFTERNOON, "yyyy;@", "2019"),
    (AFTERNOON, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇一九年一月二十四日"),
    (43475, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇一九年一月十日"),
    (AFTERNOON, '[DBNum2][$-804]yyyy"年"m"月"d"日"', "贰零壹玖年壹月贰拾肆日"),
    (AFTERNOON, '[DBNum1][$-804]上午/下午h"时"mm"分"', "下午三时三十分"),
    (AFTERNOON, '[DBNum3][$-804]yyyy"年"m"月"', "２０１９年１月"),
    (1.5, "[h]:mm:ss", "36:00:00"),
    (0.5, "[mm]:ss", "720:00"),
    (1.5, "[ss]", "129600"),
    (-0.25, "[h]:mm", "-6:00"),
    (0.99999999, "h:mm:ss", "0:00:00"),
    (43489.99999999, "yyyy-mm-dd h:mm", "2019-01-25 0:00"),
    (0.6451, "h:mm", "15:28"),
    # Lotus's calendar
    (60, "yyyy-mm-dd", "1900-02-29"),
    (59, "yyyy-mm-dd aaaa", "1900-02-28 星期二"),
    (61, "yyyy-mm-dd aaaa", "1900-03-01 星期四"),
    (1, "yyyy-mm-dd aaaa", "1900-01-01 星期日"),
    (0, "yyyy-mm-dd", "1900-01-00"),
    # values that are no serials yet
    (date(2019, 1, 24), 'yyyy"年"m"月"d"日"', "2019年1月24日"),
    (datetime(2019, 1, 24, 15, 30), "yyyy/m/d h:mm", "2019/1/24 15:30"),
    (time(15, 30), "h:mm", "15:30"),
    (timedelta(hours=36, seconds=1), "[h]:mm:ss", "36:00:01"),
    (date(2019, 1, 24), "General", "43489"),
]


@pytest.mark.parametrize(("value", "code", "shown"), NUMBERS)
def test_number_is_shown_as_excel_shows_it(value: Any, code: str, shown: str) -> None:
    """Digits, percent, exponents, fractions, literals, sections, Chinese digits, text."""
    assert show(value, code) == shown


@pytest.mark.parametrize(("value", "code", "shown"), MOMENTS)
def test_moment_is_shown_as_excel_shows_it(value: Any, code: str, shown: str) -> None:
    """Dates, times, weekdays, halves of the day, spans, and the days that never were."""
    assert show(value, code) == shown


def test_1904_system_shows_its_own_days() -> None:
    """The same serial is another day there, weekday included."""
    assert show(42027, "yyyy-mm-dd aaaa", date1904=True) == "2019-01-24 星期四"
    assert show(0, "yyyy-mm-dd aaaa", date1904=True) == "1904-01-01 星期五"
    assert show(60, "yyyy-mm-dd", date1904=True) == "1904-03-01"
    assert show(date(2019, 1, 24), "yyyy-mm-dd", date1904=True) == "2019-01-24"


@pytest.mark.parametrize(
    ("value", "code"),
    [(-1, "yyyy-mm-dd"), (-0.5, "h:mm"), (2958466, "yyyy"), (date(1899, 1, 1), "yyyy")],
)
def test_date_that_excel_would_fill_with_hashes_is_an_error(value: Any, code: str) -> None:
    """#### in a report is no date; the fault is said."""
    with pytest.raises(DataError) as caught:
        show(value, code)
    assert caught.value.problems[0].code in ("value.no_such_serial", "value.before_serials")


def test_code_of_five_sections_is_refused() -> None:
    """The format of such a cell is damaged."""
    with pytest.raises(DataError) as caught:
        show(1, "0;0;0;@;0")
    assert caught.value.message("zh") == (
        "[value.number_format] 数字格式“0;0;0;@;0”无法识别\n"
        "  改法：数字格式最多四节，用分号隔开；请在 Excel 的“设置单元格格式”中重新设置"
    )


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "general"),
        ("G/通用格式", "general"),
        ("0.00", "number"),
        ('0"年"', "number"),
        ("@", "text"),
        ("yyyy/m/d", "date"),
        ('[$-804]yyyy"年"m"月"d"日";@', "date"),
        ("aaaa", "date"),
        ("h:mm", "time"),
        ("mm:ss.0", "time"),
        ("上午/下午h", "time"),
        ("yyyy/m/d h:mm", "datetime"),
        ("[h]:mm", "span"),
        ("[Red]0", "number"),
        ('"yyyy"0', "number"),
        ("\\y0", "number"),
    ],
)
def test_kind_of_a_format_is_told(code: str, kind: str) -> None:
    """Letters within quotes and brackets of colours are no dates."""
    assert format_kind(code) == kind
    assert is_date_format(code) == (kind in ("date", "time", "datetime", "span"))


@pytest.mark.parametrize("code", sorted(set(BUILTIN_FORMATS.values())))
def test_openpyxl_agrees_on_what_a_date_format_is(code: str) -> None:
    """On all formats that it knows by number."""
    assert is_date_format(code) == openpyxl_is_date_format(code)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "General"),
        (14, "yyyy/m/d"),
        (31, 'yyyy"年"m"月"d"日"'),
        (35, '上午/下午h"时"mm"分"ss"秒"'),
        (49, "@"),
        (58, 'm"月"d"日"'),
        (23, None),
        (164, None),
    ],
)
def test_builtin_formats_are_those_of_a_chinese_system(number: int, code: str | None) -> None:
    """ECMA-376 18.8.30, zh-cn; ids without a format of their own have none."""
    assert builtin_code(number) == code


def test_builtin_formats_agree_with_openpyxl_where_language_plays_no_part() -> None:
    """0-4, 9-13, 15-21, 45, 46, 48 and 49 are the same everywhere."""
    for number in (0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 45, 46, 48, 49):
        assert builtin_code(number) == BUILTIN_FORMATS[number]


@pytest.mark.parametrize("number", [41, 42, 43, 44])
def test_accounting_formats_show_amounts(number: int) -> None:
    """A nought is a dash, a negative amount has its minus."""
    code = builtin_code(number)
    assert code is not None
    assert "1,234" in show(1234, code)
    assert "-1,234" in show(-1234, code)
    assert "-" in show(0, code)
    assert "0" not in show(0, code)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2019, 1, 24), "2019年1月24日"),
        (datetime(2019, 1, 24, 15, 30), "2019年1月24日 15时30分"),
        (time(15, 30, 5), "15:30:05"),
        (timedelta(hours=36), "36:00:00"),
    ],
)
def test_moments_bring_a_format_for_cells_that_have_none(value: Any, shown: str) -> None:
    """A date in a General cell is not left as 43489."""
    code = code_for(value)
    assert code is not None
    assert show(value, code) == shown


def test_numbers_and_text_bring_no_format() -> None:
    """General suits them."""
    assert [code_for(value) for value in (1, 1.5, "x", None, True)] == [None] * 5


@pytest.mark.parametrize(
    ("number", "code", "value"),
    [
        (43489, "yyyy/m/d", date(2019, 1, 24)),
        (43489.0, "yyyy/m/d", date(2019, 1, 24)),
        (43489.5, "yyyy/m/d", datetime(2019, 1, 24, 12)),
        (43489, "yyyy/m/d h:mm", datetime(2019, 1, 24)),
        (0.5, "h:mm", time(12)),
        (1.5, "h:mm", datetime(1900, 1, 1, 12)),
        (1.5, "[h]:mm", timedelta(hours=36)),
        (43489, "0", 43489),
        (43489, "General", 43489),
        (-1, "yyyy/m/d", -1),
        (60, "yyyy/m/d", 60),
    ],
)
def test_number_of_a_cell_is_typed_by_its_format(number: Any, code: str, value: Any) -> None:
    """What no calendar has stays the number that it is."""
    typed = typed_value(number, code)
    assert typed == value
    assert type(typed) is type(value)


@given(st.dates(min_value=date(1900, 3, 1)), st.booleans())
def test_date_comes_back_from_its_cell(day: date, date1904: bool) -> None:
    """Shown by the format that it brings, and typed by it."""
    if date1904 and day.year < 1904:
        day = day.replace(year=1904)
    code = code_for(day)
    assert code is not None
    assert show(day, code, date1904=date1904) == f"{day.year}年{day.month}月{day.day}日"


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12
    )
)
def test_grouped_number_is_pythons(number: Decimal) -> None:
    """Python's own grouping and rounding is the oracle; only nought with a minus differs."""
    with_places = number.quantize(Decimal("0.01"), "ROUND_HALF_UP")
    expected = f"{with_places:,.2f}"
    if number == 0:
        expected = "0.00"
    assert show(number, "#,##0.00") == expected


@given(st.integers(-(10**11) + 1, 10**11 - 1))
def test_general_shows_whole_numbers_of_eleven_digits(number: int) -> None:
    """More would get an exponent."""
    assert show(number, "General") == str(number)


@given(
    st.text('0#?.,%;/E+-@"\\!_*[]<>=ymdhsa年月日\u4e07 1', max_size=20), st.integers(-9999, 99999)
)
def test_no_code_breaks_the_reader(code: str, number: int) -> None:
    """Formats come with other people's files: shown somehow, or refused by a DataError."""
    faults: list[Problem] = []
    for value in (number, "文字"):
        try:
            assert isinstance(show(value, code), str)
        except DataError as error:
            faults += error.problems
    assert {fault.code for fault in faults} <= {"value.number_format", "value.no_such_serial"}
