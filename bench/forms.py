"""Forms: 1,000 filled sheets read and checked, against openpyxl's time to load them only."""

import copy
import tempfile
from pathlib import Path

import openpyxl

import govdocs
from bench.clock import Row, median
from govdocs.data import load_data

ROOT = Path(__file__).resolve().parent.parent
OFFICES = 1000
FORM = "disclosure-2014"


def thousand_sheets() -> list[Row]:
    """Sheets of 1,000 offices, each with its own name, people and figures."""
    with tempfile.TemporaryDirectory() as folder:
        files = _write_sheets(Path(folder))
        form = govdocs.form(FORM)
        ours = median(lambda: [form.check(file) for file in files], runs=3)
        theirs = median(lambda: [openpyxl.load_workbook(file) for file in files], runs=1)
    return [
        Row(f"govdocs: {OFFICES} sheets read and checked", ours),
        Row("openpyxl: loaded only", theirs, wanted=10),
    ]


def _write_sheets(folder: Path) -> list[Path]:
    template = govdocs.Template(ROOT / f"templates/{FORM}/statistics.xlsx")
    sample = load_data(ROOT / "samples/helan-2018.yaml")
    files = []
    for number in range(OFFICES):
        data = copy.deepcopy(sample)
        data["form_head"]["unit"] = f"示例市第{number}局"
        data["form_footer"]["preparer"] = f"经办{number}"
        data["stats"]["proactive_total"] = data["stats"]["channel_website"] = number
        files.append(folder / f"{number}.xlsx")
        template.fill(data).save(files[-1])
    return files


WORKLOADS = {"1,000 sheets of a form": thousand_sheets}
