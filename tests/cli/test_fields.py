"""``govdocs fields``: what a template asks for."""

import json
from pathlib import Path

import jsonschema
import pytest

from govdocs.cli import main
from tests.cli.test_fill import write_template

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template with a value, a list and tags typed with an input method."""
    return write_template(
        tmp_path / "a.docx",
        "｛｛ 单位.名称 ｝｝",
        "{% for item in items %}{{ item.count }}{% endfor %}{{ note|default('') }}",
    )


def test_fields_are_listed_with_kind_and_places(template: Path, capsys: Capture) -> None:
    """A person reads name, kind, places and what was mended in the tag."""
    assert main(["fields", str(template)]) == 0
    assert capsys.readouterr().out == (
        "a.docx: docx, asks for 4 names\n"
        "单位.名称  value\n"
        "    body (word/document.xml) > paragraph 1 > ｛｛ 单位.名称 ｝｝\n"
        "    full-width brackets or signs in the tag, read as half-width\n"
        "items  list\n"
        "    body (word/document.xml) > paragraph 2 > {% for item in items %}\n"
        "    cannot be read back from a filled file (extract)\n"
        "items[].count  value\n"
        "    body (word/document.xml) > paragraph 2 > {{ item.count }}\n"
        "    cannot be read back from a filled file (extract)\n"
        "note  value (optional)\n"
        "    body (word/document.xml) > paragraph 2 > {{ note|default('') }}\n"
        "    cannot be read back from a filled file (extract)\n"
    )


def test_fields_are_listed_in_chinese(template: Path, capsys: Capture) -> None:
    """The same in the other language."""
    assert main(["fields", "--lang", "zh", str(template)]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "a.docx：docx，要用到 4 个名称",
        "单位.名称　值",
        "    正文（word/document.xml） > 第1段 > ｛｛ 单位.名称 ｝｝",
        "    标签里有全角括号或符号，按半角理解",
    ]


def test_fields_are_json_for_programs(template: Path, capsys: Capture) -> None:
    """Names, kinds, notes and places as data."""
    assert main(["fields", "--json", str(template)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["template"], result["kind"]) == (str(template), "docx")
    assert [(one["name"], one["kind"], one["notes"]) for one in result["fields"]] == [
        ("单位.名称", "value", ["full_width"]),
        ("items", "list", ["not_extractable"]),
        ("items[].count", "value", ["not_extractable"]),
        ("note", "value", ["not_extractable"]),
    ]


def test_schema_tells_good_data_from_bad(template: Path, capsys: Capture) -> None:
    """``--schema`` is a JSON Schema that validators accept and obey."""
    assert main(["fields", "--schema", str(template)]) == 0
    schema = json.loads(capsys.readouterr().out)
    checker = jsonschema.Draft202012Validator(schema)
    checker.check_schema(schema)
    assert checker.is_valid({"单位": {"名称": "示例局"}, "items": [{"count": 1}]})
    assert not checker.is_valid({"单位": {"名称": "示例局"}, "items": 5})
    assert not checker.is_valid({"items": []})
