"""The tests' own instruments can fail, and say what they saw."""

from pathlib import Path

import docx
import openpyxl
import pytest

from govdocs.template import Template
from tests.conftest import SamePackage
from tests.support import outputs
from tests.support.auditing import audit, audit_against
from tests.support.libreoffice import LibreOffice
from tests.support.markdown import run_page
from tests.support.packages import (
    diff_packages,
    different_parts,
    read_compressed,
    read_parts,
    replace_parts,
    write_package,
)
from tests.support.word import word_package


def test_package_with_other_attribute_order_is_the_same_as_canonical_xml() -> None:
    """Canonical XML does not see the order of attributes; bytes do."""
    one = write_package({"a.xml": '<a b="1" c="2"/>'})
    other = write_package({"a.xml": '<a c="2" b="1"></a>'})
    assert diff_packages(one, other) == ""
    assert different_parts(one, other) == ["a.xml"]


def test_package_that_differs_is_shown_line_by_line() -> None:
    """The difference names the part and shows the lines."""
    one = write_package({"a.xml": "<a><b>1</b></a>", "c.bin": "1"})
    other = write_package({"a.xml": "<a><b>2</b></a>", "c.bin": "22", "d.xml": "<d/>"})
    assert diff_packages(one, other).splitlines() == [
        "--- a.xml expected",
        "+++ a.xml actual",
        "@@ -1,5 +1,5 @@",
        " <a>",
        " <b>",
        "-2",
        "+1",
        " </b>",
        " </a>",
        "c.bin: 2 bytes expected, 1 other bytes found",
        "d.xml: only in the expected package",
    ]


def test_failed_comparison_leaves_both_packages(assert_same_package: SamePackage) -> None:
    """What failed can be opened and looked at."""
    with pytest.raises(pytest.fail.Exception, match="packages differ; both are in ") as caught:
        assert_same_package(write_package({"a": "1"}), write_package({"a": "2"}))
    folder = Path(str(caught.value).partition("both are in ")[2].partition("\n")[0])
    assert read_parts(folder / "actual.zip") == {"a": b"1"}
    assert read_parts(folder / "expected.zip") == {"a": b"2"}


def test_compressed_bytes_are_read_as_stored() -> None:
    """The raw entry inflates to the part."""
    import zlib

    package = write_package({"a.xml": "<a/>" * 50, "b.xml": "<b/>"})
    raw = read_compressed(package)
    assert zlib.decompress(raw["a.xml"], -15) == b"<a/>" * 50
    assert zlib.decompress(raw["b.xml"], -15) == b"<b/>"


def test_audit_finds_a_broken_document(tmp_path: Path) -> None:
    """The validator is not asleep: an element out of place is found, and only the new one."""
    template, broken = tmp_path / "template.docx", tmp_path / "broken.docx"
    docx.Document().save(str(template))
    document = read_parts(template)["word/document.xml"]
    misplaced = document.replace(b"<w:body>", b"<w:body><w:tc/>")
    broken.write_bytes(replace_parts(template, {"word/document.xml": misplaced}))
    assert audit_against(template, template) == []
    assert [finding for finding in audit_against(broken, template) if "tc" in finding]
    assert len(audit(broken)) > len(audit_against(broken, template))


def test_documents_of_a_test_are_watched_and_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is filled is noted with its template; what is wrong in it alone is found."""
    made = outputs.watch(monkeypatch)
    template = word_package('p"{{ x }}"')
    filled = bytes(Template(template).fill({"x": 1}))
    assert made == [(template, filled)]
    assert list(outputs.findings(made)) == []
    body = read_parts(filled)["word/document.xml"].replace(b"<w:p>", b"<w:p><w:p/>")
    broken = replace_parts(filled, {"word/document.xml": body})
    assert "Unexpected element" in "".join(outputs.findings([(template, broken)]))


def test_libreoffice_prints_a_sheet(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """LibreOffice opens a workbook and prints its text."""
    book = openpyxl.Workbook()
    book.active["A1"] = "主动公开政府信息数"  # type: ignore[index]
    book.save(tmp_path / "book.xlsx")
    pages = libreoffice.pages(tmp_path / "book.xlsx", tmp_path / "out")
    assert len(pages) == 1
    assert "主动公开政府信息数" in pages[0]


def test_libreoffice_that_cannot_open_a_file_fails(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """A file that LibreOffice does not open is a failed test, not an empty page."""
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 not a package")
    with pytest.raises(AssertionError, match=r"LibreOffice made no broken\.pdf"):
        libreoffice.pages(tmp_path / "broken.docx", tmp_path / "out")


WRONG = """\
```word a.docx
{{ x }}
| {{ y }} | 2 |
```
```json data.json
{"x": "one", "y": 1}
```
```console
$ govdocs new none here
nothing
$ echo $?
1
$ govdocs fill a.docx --data - --out b.docx < data.json
wrote b.docx
```
```word b.docx
two
| 1 | 2 |
```
```excel c.xlsx
| 1 | '1 | =A1 |
```
```excel c.xlsx
| 1 | 1 | =A1 |
```
```pycon
>>> 1 + 1
3
```
"""
NO_FORM = """\
[cli.no_such_form] there is no form none
  mend: the forms that come with templates are: disclosure-2014, disclosure-2019, disclosure-2021.
"""


def test_page_that_is_wrong_is_told_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page shows and what comes out are both said."""
    monkeypatch.chdir(tmp_path)
    *told, session = run_page(WRONG, Path("page.md"))
    assert told == [
        "$ govdocs new none here\nprinted\n" + NO_FORM + "\nbut the page says\nnothing\n",
        "$ echo $?\nprinted\n2\nbut the page says\n1\n",
        "b.docx holds\none\n| 1 | 2 |\n\nbut the page says\ntwo\n| 1 | 2 |\n",
        "c.xlsx holds\n| 1 | '1 | =A1 |\n\nbut the page says\n| 1 | 1 | =A1 |\n",
    ]
    assert session.endswith("Failed example:\n    1 + 1\nExpected:\n    3\nGot:\n    2\n")
