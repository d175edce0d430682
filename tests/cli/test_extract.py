"""``govdocs extract --template``: a filled file read back by its template."""

import json
from pathlib import Path

import docx
import pytest

import govdocs
from govdocs.cli import main
from tests.cli.test_fill import write_template

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template and a file that was filled from it, in the working folder."""
    monkeypatch.chdir(tmp_path)
    template = write_template(Path("t.docx"), "收到申请{{ count }}件。", "{{ day }}")
    govdocs.fill(template, {"count": 12, "day": "甲"}, "filled.docx")
    return Path("filled.docx")


def test_values_are_written_to_a_data_file(filled: Path, capsys: Capture) -> None:
    """What was read, and how much it was."""
    assert main(["extract", str(filled), "--template", "t.docx", "--out", "data.yaml"]) == 0
    assert capsys.readouterr().out == "wrote data.yaml\nt.docx: 2 values read back\n"
    assert govdocs.load_data("data.yaml") == {"count": 12, "day": "甲"}


def test_edits_are_told(filled: Path, capsys: Capture) -> None:
    """A person who changed a word is told so; the status is still 0."""
    document = docx.Document(str(filled))
    document.paragraphs[0].text = "受到申请12件。"
    document.save("edited.docx")
    assert main(["extract", "edited.docx", "--template", "t.docx", "--out", "-"]) == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        '[extract.changed] text of the template was changed: "收到申请" is "受到申请" in the file'
    )


def test_json_has_notes_and_places(filled: Path, capsys: Capture) -> None:
    """For programs: everything but the data, which stand in the file."""
    arguments = ["extract", str(filled), "--template", "t.docx", "--out", "d.json", "--json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {
        "template": "t.docx",
        "written": "d.json",
        "notes": [],
        "places": {
            "count": "filled.docx > body (word/document.xml) > paragraph 1 > {{ count }}",
            "day": "filled.docx > body (word/document.xml) > paragraph 2 > {{ day }}",
        },
    }


def test_file_of_another_template_is_bad_input(filled: Path, capsys: Capture) -> None:
    """Nothing is written."""
    write_template(Path("other.docx"), "会议于{{ day }}召开，出席人员如下", "主持人：{{ who }}")
    assert main(["extract", str(filled), "--template", "other.docx", "--out", "data.yaml"]) == 2
    assert capsys.readouterr().err.startswith("[extract.other_template] ")
    assert not Path("data.yaml").exists()


def test_template_and_form_do_not_go_together(filled: Path, capsys: Capture) -> None:
    """One of them says how the file is read."""
    arguments = ["extract", str(filled), "--template", "t.docx", "--form", "disclosure-2014"]
    assert main([*arguments, "--out", "-"]) == 2
    assert capsys.readouterr().err.startswith("[cli.template_or_form] ")
