"""``govdocs fill``: what is written, what is told, and that faults write nothing."""

import io
import json
from pathlib import Path

import docx
import pytest

from govdocs.cli import main

Capture = pytest.CaptureFixture[str]


def write_template(path: Path, *paragraphs: str) -> Path:
    """Save a Word template of some paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def read_text(path: Path) -> list[str]:
    """Read the paragraphs of a Word file."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two templates and data, which the command is run in."""
    monkeypatch.chdir(tmp_path)
    write_template(tmp_path / "report.docx", "{{ unit.name }}{{ year }}年公开{{ total }}条")
    write_template(tmp_path / "letter.dotx", "{{ unit.name }}：")
    (tmp_path / "data.yaml").write_text(
        "unit: {name: 示例局}\nyear: 2018\ntotal: 401\nspare: [1, 2]\n", encoding="utf-8"
    )
    return tmp_path


def fill(*argv: str) -> int:
    """Run the command on the office's data."""
    return main(["fill", *argv, "--data", "data.yaml"])


def test_several_templates_are_filled_into_a_directory(office: Path, capsys: Capture) -> None:
    """Each document keeps its template's name, and is told on a line of its own."""
    assert fill("report.docx", "letter.dotx", "--out", "out") == 0
    assert read_text(office / "out" / "report.docx") == ["示例局2018年公开401条"]
    assert read_text(office / "out" / "letter.docx") == ["示例局："]
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        f"wrote {Path('out/report.docx')}",
        f"wrote {Path('out/letter.docx')}",
    ]
    assert told.err == ""


def test_one_template_is_filled_into_a_file(office: Path) -> None:
    """``--out`` names the file."""
    assert fill("report.docx", "--out", "2018.docx") == 0
    assert read_text(office / "2018.docx") == ["示例局2018年公开401条"]


def test_name_missing_in_two_templates_is_told_once_with_both_places(
    office: Path, capsys: Capture
) -> None:
    """All faults of all templates come in one message, each with its files."""
    (office / "data.yaml").write_text("unit: {nane: 示例局}\nyear: 2018\n", encoding="utf-8")
    assert fill("report.docx", "letter.dotx", "--out", "out") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        '[data.misspelt] the data have no "unit.name"; did you mean "unit.nane"?\n'
        "  where: report.docx > "
        "body (word/document.xml) > paragraph 1 > {{ unit.name }} (unit.name)\n"
        "  where: letter.dotx > "
        "body (word/document.xml) > paragraph 1 > {{ unit.name }} (unit.name)\n"
        "  mend: mend the name in the data or in the template.\n"
        '[data.missing] the data have no "total"\n'
        "  where: report.docx > body (word/document.xml) > paragraph 1 > {{ total }} (total)\n"
        "  mend: add it to the data; for a draft use --missing mark.\n"
    )


def test_nothing_is_written_or_touched_when_one_template_fails(office: Path) -> None:
    """A document of last time stays as it was, and no directory is made."""
    old = write_template(office / "letter.docx", "old")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in office.iterdir()}
    (office / "data.yaml").write_text("unit: {name: 示例局}\n", encoding="utf-8")
    del before[office / "data.yaml"]
    assert fill("letter.dotx", "report.docx", "--out", ".") == 2
    assert fill("letter.dotx", "report.docx", "--out", "new") == 2
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before}
    assert after == before
    assert read_text(old) == ["old"]
    assert not (office / "new").exists()


def test_broken_template_does_not_hide_what_is_missing_in_the_next(
    office: Path, capsys: Capture
) -> None:
    """Faults of templates and of data are told in one run."""
    write_template(office / "broken.docx", "{% if total %}")
    (office / "data.yaml").write_text("year: 2018\ntotal: 1\n", encoding="utf-8")
    assert fill("broken.docx", "gone.docx", "letter.dotx", "--out", "out", "--json") == 2
    problems = json.loads(capsys.readouterr().err)["problems"]
    assert [(problem["code"], problem["places"][0]["file"]) for problem in problems] == [
        ("template.unclosed_block", "broken.docx"),
        ("package.not_found", "gone.docx"),
        ("data.missing", "letter.dotx"),
    ]


def test_missing_value_is_marked_in_a_draft(office: Path) -> None:
    """``--missing mark`` shows what is still to come."""
    (office / "data.yaml").write_text("unit: {name: 示例局}\nyear: 2018\n", encoding="utf-8")
    assert fill("report.docx", "--out", "draft.docx", "--missing", "mark") == 0
    assert read_text(office / "draft.docx") == ["示例局2018年公开〔待填：total〕条"]


def test_value_set_on_the_command_line_wins(office: Path) -> None:
    """``--set`` changes one value, below others too, and may be repeated."""
    call = ("report.docx", "--out", "o.docx", "--set", "year=2019", "--set", "unit.name=样本局")
    assert fill(*call) == 0
    assert read_text(office / "o.docx") == ["样本局2019年公开401条"]


@pytest.mark.usefixtures("office")
def test_data_that_no_template_asks_for_are_listed_on_request(capsys: Capture) -> None:
    """``--unused`` takes all templates of the call together, and is no fault."""
    assert fill("letter.dotx", "report.docx", "--out", "out", "--unused") == 0
    assert capsys.readouterr().err == (
        '[data.unused] no template asks for "spare"\n'
        "  where: spare\n"
        "  mend: leave it, or check its spelling if it was meant to be used.\n"
    )


def test_result_is_json_for_programs(office: Path, capsys: Capture) -> None:
    """``--json`` tells what was written where."""
    assert fill("letter.dotx", "--out", f"{office}/", "--unused", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "written": [
            {
                "template": "letter.dotx",
                "kind": "docx",
                "output": str(office / "letter.docx"),
                "notes": [],
            }
        ],
        "unused": ["year", "total", "spare"],
    }


def test_data_are_read_from_standard_input(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--data -`` reads what another program prints."""
    stdin = io.TextIOWrapper(io.BytesIO('{"unit": {"name": "示例局"}}'.encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["fill", "letter.dotx", "--data", "-", "--out", "o.docx"]) == 0
    assert read_text(office / "o.docx") == ["示例局："]


def test_data_file_that_is_not_there_is_bad_input(office: Path, capsys: Capture) -> None:
    """The path is named, and the status is 2."""
    assert main(["fill", "letter.dotx", "--data", "gone.yaml", "--out", "o.docx"]) == 2
    assert "gone.yaml" in capsys.readouterr().err
    assert not (office / "o.docx").exists()


def test_template_is_not_overwritten_by_its_own_document(office: Path, capsys: Capture) -> None:
    """``--out .`` beside the templates would lose them."""
    before = (office / "report.docx").read_bytes()
    assert fill("report.docx", "--out", ".") == 2
    assert capsys.readouterr().err == (
        "[cli.output_is_input] report.docx is read in this run and cannot be overwritten\n"
        "  mend: let --out name another place.\n"
    )
    assert (office / "report.docx").read_bytes() == before


def test_template_that_is_no_office_file_is_bad_input(office: Path, capsys: Capture) -> None:
    """A text named .docx is told as what it is, and writes nothing."""
    (office / "text.docx").write_text("hello")
    assert fill("text.docx", "--out", "o.docx") == 2
    assert capsys.readouterr().err.startswith("[package.")
    assert not (office / "o.docx").exists()


def test_document_of_the_other_kind_cannot_be_asked_for(office: Path, capsys: Capture) -> None:
    """A Word template gives no .xlsx, and the missing name is told in the same run."""
    assert fill("report.docx", "--out", "o.xlsx") == 2
    assert capsys.readouterr().err == (
        "[cli.wrong_suffix] o.xlsx does not have a suffix of the template's kind (docx)\n"
        "  where: report.docx\n"
        "  mend: use .docx, .docm, .dotx, .dotm; if a directory is meant, end it with /.\n"
    )
    assert not (office / "o.xlsx").exists()
