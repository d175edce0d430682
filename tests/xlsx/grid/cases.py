"""Cases of references as tables: before | rows or columns inserted or removed where | after.

``rows 5 x4`` is a loop over row 5 that ran four times: three rows were inserted below row 5.
``x0`` removed it. ``cols C x3`` is the same for columns; ``rows 5 x4; cols C x3`` does both.
"""

import re
from dataclasses import dataclass

from govdocs.xlsx.grid.address import column_number
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT, Axis, Layout
from govdocs.xlsx.grid.strips import SheetLayout

SHEET = "表"
QUOTED = "2018年 统计"
VIEW = "查看"
"""The sheet on which nothing moves; formulas that name a sheet stand there."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a table."""

    group: str
    before: str
    edit: str
    after: str

    @property
    def sheet(self) -> str:
        """Where the formula stands."""
        return VIEW if "!" in self.before else SHEET

    @property
    def edited(self) -> str:
        """The sheet whose rows and columns move."""
        return QUOTED if QUOTED in self.before else SHEET

    def __str__(self) -> str:
        return f"{self.group}: {self.before} [{self.edit}]"


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines ``first..last`` of an axis came out ``count`` times."""

    axis: str
    first: int
    last: int
    count: int


def read_cases(table: str) -> list[Case]:
    """Read a table; a line that ends in a colon names the group of those below."""
    cases, group = [], ""
    for line in table.strip().splitlines():
        if line.endswith(":"):
            group = line[:-1]
        elif line.strip():
            before, edit, after = (field.strip() for field in line.split(" | "))
            cases.append(Case(group, before, edit, after))
    return cases


def read_edits(text: str) -> list[Edit]:
    """Read ``rows 5:6 x4; cols C x3``."""
    return [_read_edit(one) for one in text.split("; ")]


def layout_of(text: str) -> SheetLayout:
    """Make the layout that edits leave behind."""
    edits = read_edits(text)
    return SheetLayout(_axis(edits, "rows", ROW_LIMIT), _axis(edits, "cols", COLUMN_LIMIT))


def repeated(limit: int, *loops: tuple[int, int, int]) -> Axis:
    """Make an axis on which each loop (first, last, count) has run."""
    layout = Layout(limit)
    for first, last, count in loops:
        layout.begin(first, last)
        for _ in range(count):
            layout.step(first, last)
        layout.end()
    return layout.finish()


def _read_edit(text: str) -> Edit:
    match = re.fullmatch(r"(rows|cols) (\w+)(?::(\w+))? x(\d+)", text)
    assert match, text
    read = int if match[1] == "rows" else column_number
    first = read(match[2])
    return Edit(match[1], first, read(match[3]) if match[3] else first, int(match[4]))


def _axis(edits: list[Edit], axis: str, limit: int) -> Axis:
    own = sorted((edit for edit in edits if edit.axis == axis), key=lambda edit: edit.first)
    return repeated(limit, *((edit.first, edit.last, edit.count) for edit in own))


AS_INSERTED = read_cases(
    """
a cell:
C4 | rows 5 x4 | C4
C6 | rows 5 x4 | C9
C5 | rows 5 x4 | C5
C6 | rows 5 x1 | C6
C4 | rows 5 x0 | C4
C9 | rows 5 x0 | C8
C7+C6 | rows 5:6 x3 | C11+C6
C8 | rows 5:6 x0 | C6
B9 | cols C x3 | B9
C9 | cols C x3 | C9
D9 | cols C x3 | F9
B9 | cols C x0 | B9
D9 | cols C x0 | C9
Z9 | cols C:D x0 | X9
XFA9 | cols C x4 | XFD9
A1048573 | rows 5 x4 | A1048576
a cell with $:
$C$4 | rows 5 x4 | $C$4
$C$6 | rows 5 x4 | $C$9
C$6 | rows 5 x4 | C$9
$C6 | rows 5 x4 | $C9
$C$5 | rows 5 x4 | $C$5
$C$9 | rows 5 x0 | $C$8
C$9 | rows 5 x0 | C$8
$C9 | rows 5 x0 | $C8
$D$9 | cols C x3 | $F$9
D$9 | cols C x3 | F$9
$D9 | cols C x3 | $F9
$D$9 | cols C x0 | $C$9
an area:
SUM(C2:C4) | rows 5 x4 | SUM(C2:C4)
SUM(C4:C6) | rows 5 x4 | SUM(C4:C9)
SUM(C5:C6) | rows 5 x4 | SUM(C5:C9)
SUM(C6:C8) | rows 5 x4 | SUM(C9:C11)
SUM(C4:C6) | rows 5 x0 | SUM(C4:C5)
SUM(C5:C6) | rows 5 x0 | SUM(C5:C5)
SUM(C4:C5) | rows 5 x0 | SUM(C4:C4)
SUM(C4:C8) | rows 5:6 x0 | SUM(C4:C6)
SUM(C5:C8) | rows 5:6 x0 | SUM(C5:C6)
SUM(C3:C6) | rows 5:6 x0 | SUM(C3:C4)
SUM(B4:D6) | rows 5 x4 | SUM(B4:D9)
SUM(B4:D6) | cols C x3 | SUM(B4:F6)
SUM(C4:D6) | cols C x3 | SUM(C4:F6)
SUM(D4:E6) | cols C x3 | SUM(F4:G6)
SUM(B4:D6) | cols C x0 | SUM(B4:C6)
SUM(C4:D6) | cols C x0 | SUM(C4:C6)
SUM(B4:C6) | cols C x0 | SUM(B4:B6)
SUM(A4:B6) | cols C x0 | SUM(A4:B6)
VLOOKUP(1,B4:D6,2,FALSE) | rows 5 x4 | VLOOKUP(1,B4:D9,2,FALSE)
INDEX(C4:C6,2)*C6 | rows 5 x4 | INDEX(C4:C9,2)*C9
COUNTIF(C4:C6,">0") | rows 5 x4 | COUNTIF(C4:C9,">0")
SUMIF(B4:B6,"x",C4:C6) | rows 5 x4 | SUMIF(B4:B9,"x",C4:C9)
SUMPRODUCT(C4:C6,D4:D6) | rows 5 x4 | SUMPRODUCT(C4:C9,D4:D9)
SUMPRODUCT(C4:C6*D4:D6) | rows 5 x0 | SUMPRODUCT(C4:C5*D4:D5)
SUBTOTAL(9,C4:C6) | rows 5 x4 | SUBTOTAL(9,C4:C9)
MAX(C4:C6,C8,C20:C30) | rows 5 x4 | MAX(C4:C9,C11,C23:C33)
an area with $:
SUM($C$4:$C$6) | rows 5 x4 | SUM($C$4:$C$9)
SUM(C$4:C6) | rows 5 x4 | SUM(C$4:C9)
SUM(C4:C$6) | rows 5 x4 | SUM(C4:C$9)
SUM($C4:C$6) | rows 5 x4 | SUM($C4:C$9)
SUM($C$6:$C$8) | rows 5 x4 | SUM($C$9:$C$11)
SUM($C$4:$C$6) | rows 5 x0 | SUM($C$4:$C$5)
SUM($B4:D$6) | cols C x3 | SUM($B4:F$6)
SUM(B$4:$D6) | cols C x0 | SUM(B$4:$C6)
SUM($D$4:$E$6) | cols C x3 | SUM($F$4:$G$6)
whole rows:
SUM(4:4) | rows 5 x4 | SUM(4:4)
SUM(6:6) | rows 5 x4 | SUM(9:9)
SUM(6:8) | rows 5 x4 | SUM(9:11)
SUM($6:$8) | rows 5 x4 | SUM($9:$11)
SUM(4:6) | rows 5 x4 | SUM(4:9)
SUM($4:6) | rows 5 x4 | SUM($4:9)
SUM(4:6) | rows 5 x0 | SUM(4:5)
SUM(8:8) | rows 5 x0 | SUM(7:7)
SUM(4:6) | cols C x3 | SUM(4:6)
whole columns:
SUM(B:B) | cols C x3 | SUM(B:B)
SUM(D:D) | cols C x3 | SUM(F:F)
SUM(D:E) | cols C x3 | SUM(F:G)
SUM($D:$E) | cols C x3 | SUM($F:$G)
SUM(B:D) | cols C x3 | SUM(B:F)
SUM($B:D) | cols C x3 | SUM($B:F)
SUM(B:D) | cols C x0 | SUM(B:C)
SUM(E:E) | cols C x0 | SUM(D:D)
SUM(D:D) | rows 5 x4 | SUM(D:D)
another sheet:
表!C6 | rows 5 x4 | 表!C9
'表'!C6 | rows 5 x4 | 表!C9
表!$C$6 | rows 5 x4 | 表!$C$9
表!C5 | rows 5 x4 | 表!C5
SUM(表!C4:C6) | rows 5 x4 | SUM(表!C4:C9)
SUM(表!B4:D6) | rows 5 x4; cols C x3 | SUM(表!B4:F9)
SUM(表!B4:D6) | rows 5 x0; cols C x3 | SUM(表!B4:F5)
SUM(表!B4:D6) | rows 5 x4; cols C x0 | SUM(表!B4:C9)
SUM(表!$B$4:$D$6) | rows 5 x0; cols C x0 | SUM(表!$B$4:$C$5)
表!D6*2 | rows 5 x4; cols C x3 | 表!F9*2
SUM(表!6:6) | rows 5 x4 | SUM(表!9:9)
SUM(表!D:D) | cols C x3 | SUM(表!F:F)
SUM(表!4:6)+SUM(表!B:D) | rows 5 x4; cols C x3 | SUM(表!4:9)+SUM(表!B:F)
表!C6+C6 | rows 5 x4 | 表!C9+C6
IF(表!C6>0,表!C7,表!C3) | rows 5 x4 | IF(表!C9>0,表!C10,表!C3)
SUM(表!C4:C6)/COUNT(表!C4:C6) | rows 5 x4 | SUM(表!C4:C9)/COUNT(表!C4:C9)
a sheet in quotes:
'2018年 统计'!C6 | rows 5 x4 | '2018年 统计'!C9
'2018年 统计'!$C$6/2 | rows 5 x4 | '2018年 统计'!$C$9/2
SUM('2018年 统计'!C4:C6) | rows 5 x4 | SUM('2018年 统计'!C4:C9)
SUM('2018年 统计'!C4:C6) | rows 5 x0 | SUM('2018年 统计'!C4:C5)
SUM('2018年 统计'!$6:$8) | rows 5 x4 | SUM('2018年 统计'!$9:$11)
SUM('2018年 统计'!D:D) | cols C x3 | SUM('2018年 统计'!F:F)
'2018年 统计'!D6&"'2018年 统计'!D6" | rows 5 x4; cols C x3 | '2018年 统计'!F9&"'2018年 统计'!D6"
what is no reference:
"C6"&C6 | rows 5 x4 | "C6"&C9
"a""C6"&C6 | rows 5 x4 | "a""C6"&C9
SUM({1,2;3,4})+C6 | rows 5 x4 | SUM({1,2;3,4})+C9
LOG10(C6)+10 | rows 5 x4 | LOG10(C9)+10
1E5+C6*1.5E-3 | rows 5 x4 | 100000+C9*0.0015
IF(C6>0,#N/A,TRUE) | rows 5 x4 | IF(C9>0,#N/A,TRUE)
-C6%+C6^2 | rows 5 x4 | -C9%+C9^2
operators of references:
SUM((C4:C6,E4:E6)) | rows 5 x4 | SUM((C4:C9,E4:E9))
SUM(B4:D6 C6:C8) | rows 5 x4 | SUM(B4:D9 C9:C11)
SUM(C4:INDEX(C6:C8,2)) | rows 5 x4 | SUM(C4:INDEX(C9:C11,2))
SUM(OFFSET(C6,0,0,2,1)) | rows 5 x4 | SUM(OFFSET(C9,0,0,2,1))
an area that ends with the loop:
SUM(C4:C5) | rows 5 x4 | SUM(C4:C8)
SUM(C5:C6) | rows 5:6 x3 | SUM(C5:C10)
SUM(C4:C6) | rows 5:6 x3 | SUM(C4:C10)
SUM(B4:C6) | cols C x3 | SUM(B4:E6)
SUM(5:6) | rows 5:6 x2 | SUM(5:8)
SUM(C:D) | cols C:D x2 | SUM(C:F)
SUM($C$4:$C$5) | rows 5 x4 | SUM($C$4:$C$8)
SUM('2018年 统计'!C5:C6) | rows 5:6 x3 | SUM('2018年 统计'!C5:C10)
several edits:
SUM(C4:C12) | rows 5 x4; rows 8 x0 | SUM(C4:C14)
C12 | rows 5 x4; rows 8 x3 | C17
C7 | rows 5 x4; rows 8 x3 | C10
SUM(C6:C9) | rows 5 x0; rows 8 x3 | SUM(C5:C10)
SUM(C8:C9) | rows 5 x0; rows 8 x0 | SUM(C7:C7)
SUM(5:9) | rows 5 x2; rows 8 x2 | SUM(5:11)
"""
)
"""What Excel and LibreOffice do on insertion and removal of rows, a loop does too."""

OF_LOOPS = read_cases(
    """
an area that is the loop's row:
SUM(C5:C5) | rows 5 x4 | SUM(C5:C8)
SUM($C$5:$C$5) | rows 5 x4 | SUM($C$5:$C$8)
SUM(C$5:C$5) | rows 5 x1 | SUM(C$5:C$5)
SUM(C5:E5) | rows 5 x4 | SUM(C5:E8)
SUM(5:5) | rows 5 x4 | SUM(5:8)
SUM(C:C) | cols C x3 | SUM(C:E)
SUM(C4:C4) | cols C x3 | SUM(C4:E4)
SUM(表!C5:C5) | rows 5 x4 | SUM(表!C5:C8)
SUM('2018年 统计'!C5:C5) | rows 5 x4 | SUM('2018年 统计'!C5:C8)
SUM(表!C5:C5) | rows 5 x4; cols C x2 | SUM(表!C5:D8)
AVERAGE(C5:C5) | rows 5 x4 | AVERAGE(C5:C8)
VLOOKUP(1,C5:D5,2,0) | rows 5 x4 | VLOOKUP(1,C5:D8,2,0)
INDEX(C5:C5,2) | rows 5 x4 | INDEX(C5:C8,2)
SUMPRODUCT(C5:C5*D5:D5) | rows 5 x4 | SUMPRODUCT(C5:C8*D5:D8)
SUM(C5:C5,C9:C9) | rows 5 x4 | SUM(C5:C8,C12:C12)
a cell of the loop's row among areas:
SUM(C5) | rows 5 x4 | SUM(C5:C8)
SUM($C$5) | rows 5 x4 | SUM($C$5:$C$8)
SUM(C5,C9) | rows 5 x4 | SUM(C5:C8,C12)
SUM( C5 , D5 ) | rows 5 x4 | SUM( C5:C8 , D5:D8 )
COUNT(C5) | rows 5 x4 | COUNT(C5:C8)
COUNTA(C5) | rows 5 x4 | COUNTA(C5:C8)
MIN(C5)-MAX(C5) | rows 5 x4 | MIN(C5:C8)-MAX(C5:C8)
SUBTOTAL(9,C5) | rows 5 x4 | SUBTOTAL(9,C5:C8)
AGGREGATE(9,6,C5) | rows 5 x4 | AGGREGATE(9,6,C5:C8)
SUMIF(B5,B5,C5) | rows 5 x4 | SUMIF(B5:B8,B5,C5:C8)
SUMIFS(C5,A5,"x",B5,B9) | rows 5 x4 | SUMIFS(C5:C8,A5:A8,"x",B5:B8,B12)
COUNTIFS(A5,1,B5,2) | rows 5 x4 | COUNTIFS(A5:A8,1,B5:B8,2)
SUMPRODUCT(C5,D5) | rows 5 x4 | SUMPRODUCT(C5:C8,D5:D8)
SUMPRODUCT(C5*D5) | rows 5 x4 | SUMPRODUCT(C5:C8*D5:D8)
SUMPRODUCT((MONTH(A5)=1)*C5) | rows 5 x4 | SUMPRODUCT((MONTH(A5:A8)=1)*C5:C8)
STDEV(C5) | rows 5 x4 | STDEV(C5:C8)
_xlfn.STDEV.S(C5) | rows 5 x4 | _xlfn.STDEV.S(C5:C8)
LARGE(C5,2) | rows 5 x4 | LARGE(C5:C8,2)
RANK(C9,C5) | rows 5 x4 | RANK(C12,C5:C8)
MATCH(C5,C5,0) | rows 5 x4 | MATCH(C5,C5:C8,0)
SUM((C5,E5)) | rows 5 x4 | SUM((C5:C8,E5:E8))
SUM(C5:D5 C4:C9) | rows 5 x4 | SUM(C5:D8 C4:C12)
SUM(C4) | cols C x3 | SUM(C4:E4)
a cell of the loop's row by itself:
C5*2 | rows 5 x4 | C5*2
$C$5 | rows 5 x4 | $C$5
SUM(C5*2) | rows 5 x4 | SUM(C5*2)
IF(C5>0,C6,C4) | rows 5 x4 | IF(C5>0,C9,C4)
ROUND(C5,2) | rows 5 x4 | ROUND(C5,2)
C5:INDEX(C:C,9) | rows 5 x4 | C5:INDEX(C:C,9)
INDEX(C:C,9):C5 | rows 5 x4 | INDEX(C:C,9):C8
_xlfn.ANCHORARRAY(C6) | rows 5 x4 | _xlfn.ANCHORARRAY(C9)
C6# | rows 5 x4 | C9#
AREAS((C5:C5,E9)) | rows 5 x4 | AREAS((C5:C8,E12))
AREAS((C5,E9)) | rows 5 x4 | AREAS((C5:C8,E12))
C4:C5:INDEX(C:C,9) | rows 5 x4 | C4:C8:INDEX(C:C,9)
表!C5:INDEX(C:C,9) | rows 5 x4 | 表!C5:INDEX(C:C,9)
C9:INDEX(表!C:C,9) | rows 5 x4 | C9:INDEX(表!C:C,9)
rows that came out not at all:
AREAS((C5,E9)) | rows 5 x0 | AREAS((E8))
SUM(C5:C5) | rows 5 x0 | 0
SUM(C5) | rows 5 x0 | 0
SUM(C5)+C9 | rows 5 x0 | 0+C8
COUNT(C5:C5) | rows 5 x0 | 0
COUNTA(C5:C5) | rows 5 x0 | 0
MAX(C5:C5) | rows 5 x0 | 0
MIN(C5:C5) | rows 5 x0 | 0
PRODUCT(C5:C5) | rows 5 x0 | 0
AVERAGE(C5:C5) | rows 5 x0 | #DIV/0!
IFERROR(AVERAGE(C5:C5),0) | rows 5 x0 | IFERROR(#DIV/0!,0)
MEDIAN(C5:C5) | rows 5 x0 | #NUM!
SUBTOTAL(9,C5:C5) | rows 5 x0 | 0
SUBTOTAL(109,C5) | rows 5 x0 | 0
SUBTOTAL(1,C5) | rows 5 x0 | #DIV/0!
SUBTOTAL(101,C5:C5) | rows 5 x0 | #DIV/0!
SUMIF(B5:B5,"x",C5:C5) | rows 5 x0 | 0
COUNTIF(C5:C5,">0") | rows 5 x0 | 0
AVERAGEIF(C5:C5,">0") | rows 5 x0 | #DIV/0!
SUMPRODUCT(C5:C5,D5:D5) | rows 5 x0 | 0
SUMPRODUCT(C5*D5) | rows 5 x0 | 0
VLOOKUP(1,C5:D5,2,0) | rows 5 x0 | #N/A
ROWS(C5:C5) | rows 5 x0 | 0
TEXTJOIN("、",TRUE,C5:C5) | rows 5 x0 | ""
SUM(C5:C5,C9:C9) | rows 5 x0 | SUM(C8:C8)
SUM(C5,C9,C5) | rows 5 x0 | SUM(C8)
SUM((C5,E9)) | rows 5 x0 | SUM((E8))
SUM(5:5) | rows 5 x0 | 0
SUM(C:C) | cols C x0 | 0
SUM(表!C5:C5) | rows 5 x0 | 0
not touched:
[1]表!C6 | rows 5 x4 | [1]表!C6
'[1]a b'!C6+表!C6 | rows 5 x4 | '[1]a b'!C6+表!C9
明细[数量]+C6 | rows 5 x4 | 明细[数量]+C9
明细[[#This Row],[C6]]*C6 | rows 5 x4 | 明细[[#This Row],[C6]]*C9
明细['[C6']]+C6 | rows 5 x4 | 明细['[C6']]+C9
合计.C6+C6 | rows 5 x4 | 合计.C6+C9
_xlfn.LET(_xlpm.x,C6,_xlpm.x*2) | rows 5 x4 | _xlfn.LET(_xlpm.x,C9,_xlpm.x*2)
_xlfn.LAMBDA(_xlpm.C6,_xlpm.C6+C6)(C7) | rows 5 x4 | _xlfn.LAMBDA(_xlpm.C6,_xlpm.C6+C9)(C10)
表!#REF!+C6 | rows 5 x4 | 表!#REF!+C6
#REF!C6+表!C6 | rows 5 x4 | #REF!C6+表!C9
INDIRECT("C6")+C6 | rows 5 x4 | INDIRECT("C6")+C9
XFE6+C6 | rows 5 x4 | XFE6+C9
down to the edge:
SUM(C6:C1048576) | rows 5 x4 | SUM(C9:C1048576)
SUM(C2:C1048576) | rows 5 x4 | SUM(C2:C1048576)
SUM(C2:C1048576) | rows 5 x0 | SUM(C2:C1048576)
SUM(C2:C1048575) | rows 5 x4 | SUM(C2:C1048576)
SUM(B6:XFD6) | cols C x3 | SUM(B6:XFD6)
SUM(A1:XFD1048576) | rows 5 x4 | SUM(A1:XFD1048576)
written backwards:
SUM(C8:C6) | rows 5 x4 | SUM(C9:C11)
SUM(D6:B4) | rows 5 x4 | SUM(B4:D9)
SUM(C$8:C6) | rows 5 x4 | SUM(C9:C$11)
"""
)
"""What only a loop does, by our rules."""
