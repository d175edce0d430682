"""The table of references, done again by LibreOffice: the same insertions, the same formulas."""

import json
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from govdocs.xlsx.grid.address import cell_name
from govdocs.xlsx.grid.copying import rename_sheets
from tests.support.libreoffice import LibreOffice
from tests.xlsx.grid.cases import AS_INSERTED, QUOTED, SHEET, VIEW, Case, read_edits

SCRIPT = Path(__file__).parent / "uno_insert_lines.py"

pytestmark = pytest.mark.slow


def test_libreoffice_moves_references_alike(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Each formula of the table reads, after LibreOffice's own insertion, as the table says."""
    python = python_with_uno()
    jobs: dict[tuple[str, bool], list[Case]] = defaultdict(list)
    for case in AS_INSERTED:
        jobs[case.edit, case.group == "an area that ends with the loop"].append(case)
    files = {job: tmp_path / f"{n}.xlsx" for n, job in enumerate(jobs)}
    for job, cases in jobs.items():
        write_book(files[job], cases)
    run_jobs(python, libreoffice, files)
    wrong = [
        f"{case}: {got} instead of {case.after}"
        for job, cases in jobs.items()
        for case, got in zip(cases, read_back(files[job], cases), strict=True)
        if same(got) != same(case.after)
    ]
    assert not wrong, "\n".join(wrong)


def python_with_uno() -> str:
    """Find a Python that can talk to LibreOffice."""
    for program in ("/usr/bin/python3", shutil.which("python3") or ""):
        if program and subprocess.run([program, "-c", "import uno"], check=False).returncode == 0:
            return program
    pytest.skip("needs a Python with LibreOffice's uno module (python3-uno)")


def spot(case: Case, number: int) -> tuple[int, int]:
    """A cell that no edit of its kind moves: row 1 for rows, column A for columns."""
    return (1, 30 + number) if "rows" in case.edit else (100 + number, 1)


def write_book(path: Path, cases: list[Case]) -> None:
    """Write a workbook that holds the formulas."""
    book = xlsxwriter.Workbook(path)
    sheets = {name: book.add_worksheet(name) for name in (SHEET, QUOTED, VIEW)}
    for number, case in enumerate(cases):
        sheets[case.sheet].write_formula(cell_name(*spot(case, number)), "=" + case.before)
    book.close()


def run_jobs(python: str, office: LibreOffice, files: dict[tuple[str, bool], Path]) -> None:
    """Let LibreOffice move the lines of each workbook."""
    jobs = [
        {
            "source": str(path),
            "target": str(path.with_suffix(".out.xlsx")),
            "grow": grow,
            "edits": [
                [sheet, edit.axis, edit.first, edit.last, edit.count]
                for sheet in (SHEET, QUOTED)
                for edit in read_edits(text)
            ],
        }
        for (text, grow), path in files.items()
    ]
    subprocess.run(
        [python, str(SCRIPT), office.program, str(office.profile)],
        input=json.dumps(jobs),
        text=True,
        check=True,
        timeout=300,
    )


def read_back(path: Path, cases: list[Case]) -> list[str]:
    """Read the formulas where they stand."""
    book = load_workbook(path.with_suffix(".out.xlsx"))
    found = [book[case.sheet].cell(*spot(case, n)).value for n, case in enumerate(cases)]
    return [str(formula).removeprefix("=") for formula in found]


def same(formula: str) -> str:
    """One spelling for what LibreOffice and we spell differently: quotes, numbers, unions."""
    formula = formula.replace("~", ",")
    formula = formula.replace("1E5", "100000").replace("1.5E-3", "0.0015").replace("TRUE()", "TRUE")
    return rename_sheets(formula.replace("FALSE()", "FALSE"), {SHEET: SHEET, QUOTED: QUOTED})
