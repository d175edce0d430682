"""Files, encodings, formats."""

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.data import dump_data, load_data
from govdocs.errors import DataError, UsageError
from tests.data.reading import faults

TEXT = "单位: 示例市某某局\n联系人: 张三\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_file_is_read_in_the_encodings_that_clerks_save(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    """UTF-8 with or without mark, "Unicode", "ANSI"; with either line end."""
    path = tmp_path / "data.yml"
    path.write_bytes(TEXT.replace("\n", newline).encode(encoding))
    assert load_data(path) == {"单位": "示例市某某局", "联系人": "张三"}


def test_rare_characters_in_gb18030_are_read_among_common_ones(tmp_path: Path) -> None:
    """A name such as 玥 or 𠮷 does not make a file doubtful."""
    text = "单位: 示例市某某局政府信息公开工作\n联系人: 张玥\n"
    path = tmp_path / "data.yaml"
    path.write_bytes(text.encode("gb18030"))
    assert load_data(path)["联系人"] == "张玥"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("单位: 某局\n说明: 一段文字".encode()[:-1], 2),
        ("单位: 某局\n".encode() + b"x: \xff\xfe\n", 2),
        (b"a: 1\nb: 2\nc: " + bytes(range(128, 256)), 3),
        ("a: é à ü\n".encode("latin-1"), 1),
        ("a: 涓\n".encode("gbk"), 1),
    ],
)
def test_file_of_doubtful_encoding_is_refused(data: bytes, line: int) -> None:
    """Damaged UTF-8 is not read as GBK: 涓枃 for 中文 would be wrong in silence."""
    assert faults(data) == [("encoding", line, 0)]


@given(st.text("政府信息公开工作年度报告一二三，。：\n abc", min_size=12), st.integers(1, 400))
def test_cut_utf8_is_never_taken_for_gbk(text: str, cut: int) -> None:
    """Wherever a file is cut, its start is read rightly or refused."""
    data = (text * 3).encode()[:cut]
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        whole = None
    try:
        found = load_data(io.BytesIO(b'{"x": "' + data.replace(b"\n", b" ") + b'"}'), "json")
    except DataError:
        assert whole is None
    else:
        assert whole is not None
        assert found == {"x": whole.replace("\n", " ")}


def test_encoding_can_be_said() -> None:
    """What is said is believed; a name that is none is refused."""
    data = "单位: 玥𠮷堃\n".encode("gb18030")
    assert load_data(io.BytesIO(data), "yaml", encoding="gb18030") == {"单位": "玥𠮷堃"}
    with pytest.raises(UsageError) as caught:
        load_data(io.BytesIO(data), "yaml", encoding="gb2313")
    assert caught.value.problems[0].code == "data_file.unknown_encoding"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": "2019-01-24"}', {"a": "2019-01-24"}),
        ('\ufeff {\n\t"a": 1.5}', {"a": Decimal("1.5")}),
        ("{a: 1}", {"a": 1}),
        ("a: 1", {"a": 1}),
    ],
)
def test_stream_without_name_tells_its_format_by_its_start(text: str, data: dict[str, Any]) -> None:
    """JSON begins like JSON; all else is YAML."""
    assert load_data(io.StringIO(text)) == data


def test_standard_input_and_output_are_a_dash(root: Path) -> None:
    """UTF-8, whatever the console's encoding."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from govdocs.data import *; dump_data(load_data('-'), '-', 'json')",
        ],
        input="单位: 某局𠮷\n".encode(),
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(root / "src"), "PYTHONIOENCODING": "ascii"},
    )
    assert run.stdout.decode() == '{\n  "单位": "某局𠮷"\n}\n'


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    """The path as given."""
    with pytest.raises(DataError) as caught:
        load_data(tmp_path / "no.yaml")
    assert caught.value.message("en") == (
        "[data_file.missing] the data file is not there\n"
        f"  where: {tmp_path / 'no.yaml'}\n"
        "  mend: look at its name again; for standard input write -"
    )
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(DataError) as caught:
        load_data(tmp_path / "folder.yaml")
    assert caught.value.problems[0].code == "data_file.unreadable"


@pytest.mark.parametrize(("name", "kind"), [("data.txt", None), ("data", None), ("a.yaml", "xml")])
def test_unknown_format_is_refused(name: str, kind: Any) -> None:
    """Nothing is read before it is known what it is."""
    with pytest.raises(UsageError) as caught:
        load_data(name, kind)
    assert caught.value.problems[0].code == "data_file.format"
    with pytest.raises(UsageError):
        dump_data({}, name, kind)


def test_format_that_is_said_counts_more_than_the_suffix(tmp_path: Path) -> None:
    """A .txt may hold YAML."""
    path = tmp_path / "data.txt"
    dump_data({"a": 1}, path, "yaml")
    assert load_data(path, "yaml") == {"a": 1}
