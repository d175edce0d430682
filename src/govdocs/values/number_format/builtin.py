"""The number formats that a file names by number only, and those that values bring with them.

Sources: ECMA-376 Part 1, 18.8.30 (all languages, and zh-cn for 27-36 and 50-58); MS-OE376 2.1.739
for what Excel writes instead (37-40, 47). 14 and 22 follow the system: here that of a Chinese
office. 5-8 and 41-44 are the currency and accounting formats of a Chinese system.
"""

from datetime import date, datetime, time, timedelta

_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
_CLOCK = '上午/下午h"时"mm"分"'
_ACCOUNT = '_ {0}* #,##0{1}_ ;_ {0}* \\-#,##0{1}_ ;_ {0}* "-"{2}_ ;_ @_ '

_CODES = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: _CLOCK,
    35: _CLOCK + 'ss"秒"',
    36: _YEAR_MONTH,
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: _ACCOUNT.format("", "", ""),
    42: _ACCOUNT.format('"¥"', "", ""),
    43: _ACCOUNT.format("", ".00", "??"),
    44: _ACCOUNT.format('"¥"', ".00", "??"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: _CLOCK,
    56: _CLOCK + 'ss"秒"',
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}


def builtin_code(number: int) -> str | None:
    """Name the code of a built-in format id, or None where the file must bring its own."""
    return _CODES.get(number)


def code_for(value: object) -> str | None:
    """Name the code that a value needs in a cell of no format: dates and times have one."""
    if isinstance(value, datetime):
        return 'yyyy"年"m"月"d"日" h"时"mm"分"'
    if isinstance(value, date):
        return _CODES[31]
    if isinstance(value, time):
        return _CODES[21]
    return _CODES[46] if isinstance(value, timedelta) else None
