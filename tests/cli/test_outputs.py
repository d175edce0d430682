"""Where documents go, and that all are written or none."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from govdocs.cli.outputs import check_outputs, plan_outputs, write_all
from govdocs.errors import UsageError


@dataclass(frozen=True)
class Text:
    """A document that is a text; one without a text cannot be saved."""

    text: str | None

    def save(self, path: Path) -> None:
        """Write it."""
        if self.text is None:
            raise OSError(28, "No space left on device", str(path))
        path.write_text(self.text)


def test_one_template_goes_to_the_file_that_is_named(tmp_path: Path) -> None:
    """A path that is no directory is the file."""
    out = tmp_path / "2018.docx"
    assert plan_outputs([Path("a/report.docx")], str(out)) == {Path("a/report.docx"): out}


def test_one_template_goes_into_a_directory_that_exists(tmp_path: Path) -> None:
    """A document in a directory keeps its template's name."""
    outputs = plan_outputs([Path("a/report.docx")], str(tmp_path))
    assert list(outputs.values()) == [tmp_path / "report.docx"]


def test_path_that_ends_with_a_slash_is_a_directory(tmp_path: Path) -> None:
    """The directory need not exist yet."""
    outputs = plan_outputs([Path("report.docx")], f"{tmp_path}/new/")
    assert list(outputs.values()) == [tmp_path / "new" / "report.docx"]


@pytest.mark.parametrize(
    ("template", "document"),
    [
        ("a.dotx", "a.docx"),
        ("a.dotm", "a.docm"),
        ("a.xltx", "a.xlsx"),
        ("a.XLTM", "a.xlsm"),
        ("a.docm", "a.docm"),
        ("年报.2018.docx", "年报.2018.docx"),
    ],
)
def test_templates_suffix_becomes_the_documents(
    tmp_path: Path, template: str, document: str
) -> None:
    """A filled template file is a document."""
    outputs = plan_outputs([Path(template)], str(tmp_path))
    assert list(outputs.values()) == [tmp_path / document]


def test_several_templates_need_a_directory(tmp_path: Path) -> None:
    """A name with an Office suffix is a file that several templates would overwrite in turn."""
    with pytest.raises(UsageError) as caught:
        plan_outputs([Path("a.docx"), Path("b.docx")], str(tmp_path / "out.docx"))
    assert caught.value.message("en") == (
        f"[cli.several_into_one_file] several templates cannot go into the one file "
        f"{tmp_path / 'out.docx'}\n"
        f"  mend: give --out a directory."
    )


def test_templates_that_would_be_written_as_one_file_are_all_named(tmp_path: Path) -> None:
    """Names that differ in case only, or become the same by their suffix, are one file."""
    templates = [Path("a/report.docx"), Path("b/Report.dotx"), Path("c/sheet.xlsx")]
    with pytest.raises(UsageError) as caught:
        plan_outputs(templates, str(tmp_path))
    assert caught.value.message("en") == (
        f"[cli.same_output] these templates would all be written as {tmp_path / 'report.docx'}\n"
        f"  where: {Path('a/report.docx')}\n"
        f"  where: {Path('b/Report.dotx')}\n"
        f"  mend: fill them one by one, or rename them."
    )


def test_output_that_is_read_in_the_same_run_is_refused(tmp_path: Path) -> None:
    """A template is never overwritten by its own document, however its path is written."""
    template = tmp_path / "report.docx"
    with pytest.raises(UsageError) as caught:
        check_outputs([tmp_path / "x" / ".." / "report.docx"], inputs=[template])
    assert [problem.code for problem in caught.value] == ["cli.output_is_input"]


def test_suffix_of_the_other_kind_is_refused() -> None:
    """Word does not open a document that is named .xlsx."""
    with pytest.raises(UsageError) as caught:
        check_outputs([Path("out.xlsx")], kind="docx")
    assert caught.value.message("zh") == (
        "[cli.wrong_suffix] out.xlsx 的后缀与模板的种类（docx）不符\n"
        "  改法：请用 .docx、.docm、.dotx、.dotm；如果指的是目录，请在末尾加上 /。"
    )


def test_documents_are_written_into_new_directories(tmp_path: Path) -> None:
    """Directories are made, and nothing but the documents is left in them."""
    paths = {tmp_path / "a" / "b" / "one": Text("1"), tmp_path / "c" / "two": Text("2")}
    write_all(paths)
    assert [path.read_text() for path in paths] == ["1", "2"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["one", "two"]


def test_document_that_cannot_be_saved_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    """Old contents are there again, and no file where there was none."""
    one, two, three = tmp_path / "one", tmp_path / "two", tmp_path / "three"
    one.write_text("old")
    with pytest.raises(OSError, match="No space left"):
        write_all({one: Text("new"), two: Text("new"), three: Text(None)})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("one", "old")]


def test_directory_in_the_place_of_a_document_is_left_alone(tmp_path: Path) -> None:
    """What was saved before the failure is taken away, the directory is not."""
    one, blocked = tmp_path / "one", tmp_path / "two"
    blocked.mkdir()
    with pytest.raises(OSError, match="two"):
        write_all({one: Text("new"), blocked: Text("new")})
    assert list(tmp_path.iterdir()) == [blocked]
