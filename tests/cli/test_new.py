"""``govdocs new``: a form's files, written out once and never over the user's own."""

import json
from pathlib import Path

import pytest

from govdocs.cli import main
from govdocs.cli.new import form_files

FORM = "disclosure-2014"
Capture = pytest.CaptureFixture[str]


def test_form_is_written_out_with_its_sample(tmp_path: Path, capsys: Capture) -> None:
    """Both templates and the sample of the form are there, byte for byte."""
    assert main(["new", FORM, str(tmp_path / "mine")]) == 0
    names = {path.name for path in (tmp_path / "mine").iterdir()}
    assert names == {"report.docx", "statistics.xlsx", "helan-2018.yaml"}
    for source in form_files(FORM):
        assert (tmp_path / "mine" / source.name).read_bytes() == source.read_bytes()
    assert capsys.readouterr().out.splitlines() == [
        f"wrote {tmp_path / 'mine' / name}" for name in sorted(names)
    ]


@pytest.mark.parametrize(
    ("form", "sample"),
    [
        ("disclosure-2014", "helan-2018.yaml"),
        ("disclosure-2019", "example-2020.yaml"),
        ("disclosure-2021", "example-2021.yaml"),
    ],
)
def test_form_is_written_out_with_the_sample_that_names_it(
    tmp_path: Path, form: str, sample: str
) -> None:
    """The sample fills the templates beside it."""
    assert main(["new", form, str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"report.docx", "statistics.xlsx", sample}
    templates = [str(tmp_path / "report.docx"), str(tmp_path / "statistics.xlsx")]
    data, out = str(tmp_path / sample), str(tmp_path / "out")
    (tmp_path / "out").mkdir()
    assert main(["fill", *templates, "--data", data, "--out", out]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.docx",
        "statistics.xlsx",
    }


def test_files_that_exist_are_named_and_left_alone(tmp_path: Path, capsys: Capture) -> None:
    """A template that was restyled is not overwritten, and nothing else is written."""
    (tmp_path / "report.docx").write_text("mine")
    assert main(["new", FORM, str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        "[cli.files_exist] these files exist; nothing was written\n"
        f"  where: {tmp_path / 'report.docx'}\n"
        "  mend: choose another directory, or overwrite them with --force.\n"
    )
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("report.docx", "mine")
    ]


def test_files_are_overwritten_by_force(tmp_path: Path, capsys: Capture) -> None:
    """``--force`` writes them all; ``--json`` tells where."""
    (tmp_path / "report.docx").write_text("mine")
    assert main(["new", FORM, str(tmp_path), "--force", "--json"]) == 0
    written = json.loads(capsys.readouterr().out)["written"]
    assert sorted(written) == sorted(str(path) for path in tmp_path.iterdir())
    assert (tmp_path / "report.docx").read_bytes().startswith(b"PK")


def test_unknown_form_lists_the_forms(tmp_path: Path, capsys: Capture) -> None:
    """A misspelt form is bad usage, and no directory is made."""
    assert main(["new", "disclosure-2013", str(tmp_path / "mine")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("[cli.no_such_form] there is no form disclosure-2013\n  mend: ")
    assert FORM in told
    assert not (tmp_path / "mine").exists()
