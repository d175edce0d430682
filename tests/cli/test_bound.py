"""``--bind`` and ``--bind-file``: filling an official file that holds no tags."""

import json
from pathlib import Path

import openpyxl
import pytest

from govdocs.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an official sheet and data, which the command is run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVDOCS_LANG", "zh")
    book = openpyxl.Workbook()
    book.worksheets[0].title = "表1"
    book.worksheets[0]["A1"] = "合计"
    book.save(tmp_path / "official.xlsx")
    (tmp_path / "data.yaml").write_text("total: 401\nunit: 示例局\n", encoding="utf-8")
    (tmp_path / "bind.yaml").write_text("表1!B1: unit\n表1!B2: unit\n", encoding="utf-8")
    return tmp_path


def test_places_are_bound_on_the_command_line_and_by_a_file(office: Path) -> None:
    """The option wins over the file; the official file stays as it is."""
    before = (office / "official.xlsx").read_bytes()
    call = ["fill", "official.xlsx", "--data", "data.yaml", "--out", "out.xlsx"]
    assert main([*call, "--bind-file", "bind.yaml", "--bind", "表1!B1=total * 2"]) == 0
    sheet = openpyxl.load_workbook(office / "out.xlsx").worksheets[0]
    assert [sheet["B1"].value, sheet["B2"].value] == [802, "示例局"]
    assert (office / "official.xlsx").read_bytes() == before


@pytest.mark.usefixtures("office")
def test_fields_show_what_is_bound(capsys: Capture) -> None:
    """With the place, the expression and where they come from."""
    assert main(["fields", "official.xlsx", "--bind", "B1=total"]) == 0
    assert capsys.readouterr().out == (
        "official.xlsx：xlsx，要用到 1 个名称\n"
        "total　值\n"
        "    单元格表1!B1 > total (B1)\n"
        "    由 --bind 绑定，文件中没有标签\n"
    )
    assert main(["fields", "official.xlsx", "--bind", "B1=total", "--json"]) == 0
    (field,) = json.loads(capsys.readouterr().out)["fields"]
    assert (field["name"], field["notes"][:1]) == ("total", ["bound"])


@pytest.mark.usefixtures("office")
def test_a_binding_without_an_expression_is_bad_usage(capsys: Capture) -> None:
    """Every faulty one is told."""
    assert main(["fields", "official.xlsx", "--bind", "B1", "--bind", "=x"]) == 2
    assert capsys.readouterr().err == (
        "[cli.bind_form] “B1”不是一个绑定\n"
        "  位置：B1\n"
        "  改法：写作 位置=表达式，如 表1!C5=stats.total；文件中每项的值要用引号写成文字。\n"
        "[cli.bind_form] “=x”不是一个绑定\n"
        "  位置：=x\n"
        "  改法：写作 位置=表达式，如 表1!C5=stats.total；文件中每项的值要用引号写成文字。\n"
    )


def test_bindings_are_for_one_template(office: Path, capsys: Capture) -> None:
    """With several templates it is not clear which one is meant, and nothing is written."""
    call = ["fill", "official.xlsx", "official.xlsx", "--data", "data.yaml", "--out", "out"]
    (office / "second.xlsx").write_bytes((office / "official.xlsx").read_bytes())
    call[2] = "second.xlsx"
    assert main([*call, "--bind", "B1=total"]) == 2
    assert "[cli.bind_one_template] 有 2 份模板" in capsys.readouterr().err
    assert not (office / "out").exists()
