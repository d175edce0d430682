"""The committed templates are what ``tools/make_templates`` makes, and are sound files."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.conftest import SamePackage
from tests.support.auditing import audit
from tests.support.packages import different_parts, read_parts
from tools.make_templates.__main__ import FORMS, make_templates

FILES = [(form, name) for form in FORMS for name in ("report.docx", "statistics.xlsx")]
SHEET_TITLES = {
    "disclosure-2014": "{{ report.year }}年度政府信息公开情况统计表",
    "disclosure-2019": "{{ report.year }}年政府信息公开工作年度报告统计表",
    "disclosure-2021": "{{ report.year }}年政府信息公开工作年度报告统计表",
}


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, bytes]]:
    """What the script makes, by form and name."""
    return {form: make_templates(form) for form in FORMS}


@pytest.mark.parametrize(("form", "name"), FILES)
def test_committed_template_is_what_the_script_makes(
    root: Path,
    made: dict[str, dict[str, bytes]],
    assert_same_package: SamePackage,
    form: str,
    name: str,
) -> None:
    """Who changes the script writes the templates again (``make templates``)."""
    assert_same_package(root / "templates" / form / name, made[form][name], suffix=name[-5:])


@pytest.mark.parametrize(("form", "name"), FILES)
def test_template_made_twice_is_the_same_file(
    made: dict[str, dict[str, bytes]], form: str, name: str
) -> None:
    """No time, no random id and no order of the machine is in a template."""
    assert make_templates(form)[name] == made[form][name]


@pytest.mark.parametrize(("form", "name"), FILES)
def test_entries_of_a_template_have_one_fixed_time(root: Path, form: str, name: str) -> None:
    """The archive says nothing of when it was made."""
    with zipfile.ZipFile(root / "templates" / form / name) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("form", "name"), FILES)
def test_validator_finds_nothing_in_a_template(root: Path, form: str, name: str) -> None:
    """The templates are valid Office files."""
    assert audit(root / "templates" / form / name) == []


@pytest.mark.parametrize("form", FORMS)
def test_templates_name_no_person_and_no_machine(root: Path, form: str) -> None:
    """The documents' properties are neutral: govdocs made them, the title is a tag."""
    folder = root / "templates" / form
    report = read_parts(folder / "report.docx")["docProps/core.xml"].decode()
    sheet = openpyxl.load_workbook(folder / "statistics.xlsx").properties
    for element in (
        "<dc:creator>govdocs</",
        "<cp:lastModifiedBy>govdocs</",
        "<dc:language>zh-CN</",
        "<dc:title>{{ report.title }}</",
    ):
        assert element in report
    assert (sheet.creator, sheet.lastModifiedBy) == ("govdocs", "govdocs")
    assert sheet.title == SHEET_TITLES[form]


def test_template_that_was_edited_is_told_from_the_scripts(
    root: Path, made: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """The comparison can fail: one changed label is one differing part."""
    document = docx.Document(str(root / "templates" / "disclosure-2014" / "report.docx"))
    document.tables[0].rows[2].cells[0].paragraphs[0].runs[0].text = "（一）主动公开信息数"
    document.save(str(tmp_path / "report.docx"))
    different = different_parts(tmp_path / "report.docx", made["disclosure-2014"]["report.docx"])
    assert "word/document.xml" in different
