"""``python -m govdocs.compat.docxtpl``, with docxtpl's arguments."""

import json
from pathlib import Path

import docx
import docxtpl.__main__
import pytest

from govdocs.compat.docxtpl.__main__ import main
from tests.compat.samples import make, paragraph
from tests.support.packages import diff_packages


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str, str]:
    """Write a template and its data; name the file to be made."""
    (tmp_path / "template.docx").write_bytes(make(paragraph("{{ 名称 }}")))
    (tmp_path / "data.json").write_text(json.dumps({"名称": "值"}), encoding="utf-8")
    return str(tmp_path / "template.docx"), str(tmp_path / "data.json"), str(tmp_path / "out.docx")


def test_template_is_filled_from_json(
    files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The document is written and said so; -q says nothing."""
    assert main([*files]) == 0
    assert docx.Document(files[2]).paragraphs[0].text == "值"
    assert files[2] in capsys.readouterr().out
    assert main([*files, "-o", "-q"]) == 0
    assert capsys.readouterr().out == ""


def test_file_is_the_one_that_docxtpl_makes(
    files: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options before or behind, short or long."""
    theirs = str(Path(files[2]).with_name("theirs.docx"))
    for options in (["-o", "-q"], ["--overwrite", "--quiet"]):
        monkeypatch.setattr("sys.argv", ["docxtpl", *files[:2], theirs, *options])
        docxtpl.__main__.main()
        assert main([*options, *files]) == 0
        assert diff_packages(Path(files[2]), Path(theirs)) == ""


def test_existing_file_is_kept_unless_confirmed(
    files: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without -o the person is asked; no means no."""
    Path(files[2]).write_bytes(b"old")
    monkeypatch.setattr("builtins.input", lambda _prompt: "n")
    assert main([*files]) == 1
    assert Path(files[2]).read_bytes() == b"old"
    monkeypatch.setattr("builtins.input", lambda _prompt: "y")
    assert main([*files, "-q"]) == 0
    assert docx.Document(files[2]).paragraphs[0].text == "值"


def test_faults_are_said_on_standard_error(
    files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there, a tag that cannot be read: status 1, nothing written."""
    assert main([files[0], files[1] + "x", files[2]]) == 1
    assert "no such file" in capsys.readouterr().err
    Path(files[0]).write_bytes(make(paragraph("{{ 1 / 0 }}")))
    assert main([*files]) == 1
    assert "{{ 1 / 0 }}" in capsys.readouterr().err
    assert not Path(files[2]).exists()
