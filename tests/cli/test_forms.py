"""``govdocs check``, ``draft``, ``extract``, ``bind``, ``merge`` and ``forms`` at work."""

import json
from pathlib import Path
from typing import Any

import pytest

import govdocs
from govdocs.cli import main
from tests.binding.files import make_docx, make_xlsx
from tests.forms.sheets import official_grids

Capture = pytest.CaptureFixture[str]
FORM = govdocs.form("disclosure-2014")
HEAD = ["2018年度政府信息公开情况统计表", "填报单位（盖章）：{}"]
FOOT = [
    "单位负责人：张某某",
    "审核人：李某某",
    "填报人：王某某",
    "联系电话：0000-0000000",
    "填报日期：2019年1月24日",
]


def write_sheet(path: Path, unit: str = "示例局", **figures: int) -> Path:
    """Save a filled statistics sheet; figures that are not given are 0."""
    grid = official_grids(FORM.form, lambda key: str(figures.get(key, 0)))
    head = [line.format(unit) for line in HEAD]
    make = make_docx if path.suffix == ".docx" else make_xlsx
    path.write_bytes(make(grid, head, FOOT))
    return path


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in a folder with a right sheet, a wrong one and a blank."""
    monkeypatch.chdir(tmp_path)
    write_sheet(Path("right.xlsx"), staff_total=4, staff_full_time=2, staff_part_time=2)
    write_sheet(Path("wrong.xlsx"), staff_total=4, staff_full_time=2, staff_part_time=3)
    Path("blank.xlsx").write_bytes(make_xlsx(official_grids(FORM.form), HEAD[:1]))


# check


def test_check_of_a_right_file_is_done(capsys: Capture) -> None:
    """Status 0, one line, nothing on standard error."""
    assert main(["check", "right.xlsx"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("disclosure-2014: nothing found\n", "")


def test_check_tells_what_is_wrong_with_the_cells(capsys: Capture) -> None:
    """Status 1; the findings on standard output, the reason for the status on standard error."""
    assert main(["check", "wrong.xlsx", "--lang", "zh"]) == 1
    told = capsys.readouterr()
    part = "wrong.xlsx > 单元格统计表"
    assert told.out == (
        "[E7] 错误：从事政府信息公开工作人员数 4 ≠ 5 = 专职人员数 2 + 兼职人员数 3\n"
        f"  位置：{part}!C61 (stats.staff_total)\n"
        f"  位置：{part}!C62 (stats.staff_full_time)\n"
        f"  位置：{part}!C63 (stats.staff_part_time)\n"
        f"{told.out.splitlines()[-1]}\n"
    )
    assert told.out.splitlines()[-1].startswith("  改法：")
    assert told.err == "disclosure-2014：1 处错误，0 处提醒（E7）\n"


def test_check_as_json_is_for_programs(capsys: Capture) -> None:
    """One object with the form and the findings."""
    assert main(["check", "wrong.xlsx", "--json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["form"] == "disclosure-2014"
    assert [(one["code"], one["severity"]) for one in result["findings"]] == [("E7", "error")]
    assert result["findings"][0]["keys"][0] == "stats.staff_total"


def test_check_holds_files_and_data_against_each_other(capsys: Capture) -> None:
    """The report says another number than the sheet."""
    write_sheet(Path("report.docx"), staff_total=5, staff_full_time=2, staff_part_time=3)
    assert main(["check", "right.xlsx", "report.docx", "--form", "disclosure-2014"]) == 1
    told = capsys.readouterr()
    assert told.out.count("[binding.files_differ]") == 2
    assert told.err == "disclosure-2014: errors 2, warnings 0 (binding.files_differ)\n"


def test_check_against_last_year_finds_what_jumped(capsys: Capture) -> None:
    """Last year's file may be of another kind."""
    write_sheet(Path("last.docx"), proactive_total=1000, channel_website=1000)
    assert main(["check", "right.xlsx", "--last-year", "last.docx"]) == 1
    assert "[form.jump]" in capsys.readouterr().out


def test_check_of_a_file_of_no_form_is_bad_input(capsys: Capture) -> None:
    """Nothing speaks for a form: it is to be named."""
    Path("letter.docx").write_bytes(make_docx((), ["你好"]))
    assert main(["check", "letter.docx"]) == 2
    assert capsys.readouterr().err.startswith("[binding.form_unknown] ")


def test_check_of_a_dict_names_its_keys(capsys: Capture) -> None:
    """A data file that names its form needs no option."""
    Path("data.yaml").write_text("form: disclosure-2014\nstats: {staff_total: 1}\n")
    assert main(["check", "data.yaml"]) == 1
    assert "[form.missing] error: " in capsys.readouterr().out


# bind, fill, extract


def test_blank_is_bound_filled_extracted_and_is_the_same(capsys: Capture) -> None:
    """The whole way round, by the command line alone."""
    assert main(["extract", "right.xlsx", "--out", "data.yaml"]) == 0
    assert main(["bind", "blank.xlsx", "--form", "disclosure-2014", "--out", "t.xlsx"]) == 0
    assert main(["fill", "t.xlsx", "--data", "data.yaml", "--out", "filled.xlsx"]) == 0
    assert main(["extract", "filled.xlsx", "--out", "again.json"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "wrote data.yaml",
        "disclosure-2014: 58 figures read",
        "wrote t.xlsx",
        "disclosure-2014: tags for 58 figures and 1 other entries",
        "wrote filled.xlsx",
        "wrote again.json",
        "disclosure-2014: 58 figures read",
    ]
    first, again = govdocs.load_data("data.yaml"), govdocs.load_data("again.json")
    assert first["stats"] == again["stats"]


def test_bind_of_a_blank_that_lacks_a_row_writes_nothing(capsys: Capture) -> None:
    """The label is named, with its neighbours."""
    grid = [
        type(cell)(cell.row, cell.col, cell.text.replace("新闻发布会总", "记者会"))
        for cell in official_grids(FORM.form)[0]
    ]
    Path("odd.xlsx").write_bytes(make_xlsx([grid]))
    assert main(["bind", "odd.xlsx", "--form", "disclosure-2014", "--out", "t.xlsx"]) == 2
    assert capsys.readouterr().err.startswith("[form.label_missing] ")
    assert not Path("t.xlsx").exists()


def test_extract_goes_to_standard_output_too(capfd: Capture) -> None:
    """``-`` writes YAML."""
    assert main(["extract", "right.xlsx", "--form", "disclosure-2014", "--out", "-"]) == 0
    assert "staff_total: 4" in capfd.readouterr().out


# draft


def test_draft_of_a_filled_sheet_leaves_the_figures_open(capsys: Capture) -> None:
    """The new year, the entries that last, and last year's figures beside."""
    assert main(["draft", "right.xlsx", "--year", "2019", "--out", "2019.yaml"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "wrote 2019.yaml"
    assert "disclosure-2019" in told.err
    draft = govdocs.load_data("2019.yaml")
    assert draft["report"]["year"] == 2019
    assert draft["form_footer"]["preparer"] == "王某某"
    assert draft["stats"]["staff_total"] is None
    assert draft["last_year"]["stats"]["staff_total"] == 4


def test_draft_never_overwrites_what_it_reads(capsys: Capture) -> None:
    """Last year's file stays."""
    main(["extract", "right.xlsx", "--out", "2018.yaml"])
    before = Path("2018.yaml").read_bytes()
    capsys.readouterr()
    assert main(["draft", "2018.yaml", "--year", "2019", "--out", "2018.yaml"]) == 2
    assert capsys.readouterr().err.startswith("[cli.output_is_input] ")
    assert Path("2018.yaml").read_bytes() == before


# merge


def offices(count: int) -> list[str]:
    """Save the sheets of offices; every second one is a Word file."""
    names = []
    for number in range(1, count + 1):
        path = Path(f"{number}.{'xlsx' if number % 2 else 'docx'}")
        names.append(str(write_sheet(path, f"第{number}局", proactive_total=number)))
    return names


def test_merge_adds_files_up_and_names_who_is_missing(capsys: Capture) -> None:
    """The sums are written; an office that should be there is told."""
    Path("list.txt").write_text("第1局\n第2局\n第9局\n", encoding="utf-8")
    assert main(["merge", *offices(3), "--out", "sum.yaml", "--expected", "list.txt"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == ["wrote sum.yaml", "disclosure-2014: 3 offices added up"]
    assert told.err.startswith("[form.child_missing] ")
    assert "第9局" in told.err
    assert govdocs.load_data("sum.yaml")["stats"]["proactive_total"] == 6


def test_merge_as_json_tells_who_contributed_what(capsys: Capture) -> None:
    """The table behind the sums."""
    assert main(["merge", *offices(2), "--out", "sum.yaml", "--json"]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert result["contributions"]["stats.proactive_total"] == {"第1局": 1, "第2局": 2}


def test_merge_with_an_error_writes_nothing(capsys: Capture) -> None:
    """A parent's own sheet that is not the sum of its children."""
    write_sheet(Path("parent.xlsx"), "示例县", proactive_total=99)
    call = ["merge", *offices(2), "--parent", "parent.xlsx", "--out", "sum.yaml"]
    assert main(call) == 1
    assert capsys.readouterr().err.startswith("[R8] ")
    assert not Path("sum.yaml").exists()


# forms


def test_forms_are_listed_with_their_years(capsys: Capture) -> None:
    """One line each."""
    assert main(["forms"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "disclosure-2014  2014–2018  58 figures  政府信息公开情况统计表",
        "disclosure-2019  2019–2020  198 figures  政府信息公开工作年度报告",
        "disclosure-2021  2021–  200 figures  政府信息公开工作年度报告",
    ]


def test_one_form_is_shown_with_its_keys_and_relations(capsys: Capture) -> None:
    """Key, name and unit of each figure, then the relations."""
    assert main(["forms", "disclosure-2014"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  stats.staff_total  从事政府信息公开工作人员数  人" in lines
    assert "  E7  从事政府信息公开工作人员数 = 专职人员数 + 兼职人员数" in lines


def test_one_form_as_json_has_everything(capsys: Capture) -> None:
    """58 figures with labels, and every relation with its terms."""
    assert main(["forms", "disclosure-2014", "--json"]) == 0
    form = json.loads(capsys.readouterr().out)
    assert len(form["figures"]) == 58
    assert {
        "code": "E7",
        "kind": "equal",
        "where": "",
        "left": ["stats.staff_total"],
        "right": ["stats.staff_full_time", "stats.staff_part_time"],
        "severity": "error",
    }.items() <= next(one for one in form["relations"] if one["code"] == "E7").items()


def test_form_that_is_not_there_is_told_with_the_near_ones(capsys: Capture) -> None:
    """A misspelt id."""
    assert main(["forms", "disclosure-2015"]) == 2
    assert "disclosure-2014" in capsys.readouterr().err
