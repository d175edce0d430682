"""The one parser of the library: what it takes, what it refuses, what it writes."""

import os
from pathlib import Path

import pytest

from govdocs.errors import PackageError, Place
from govdocs.opc import Limits, parse_xml, serialise_xml


def refusal(data: bytes, limits: Limits | None = None) -> PackageError:
    """Parse what must be refused."""
    with pytest.raises(PackageError) as caught:
        parse_xml(data, Place("a.docx", "word/document.xml"), limits)
    return caught.value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!--a--><r>x</r><?pi b?>',
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!--a--><r>x</r><?pi b?>',
        ),
        (
            "<?xml version='1.0' encoding='UTF-8' standalone='no'?><r/>",
            '<?xml version="1.0" encoding="UTF-8"?>\n<r/>',
        ),
        ("<r> <a/>\n<![CDATA[<]]></r>", None),
    ],
)
def test_document_is_written_as_it_was_read(before: str, after: str | None) -> None:
    """Declaration, comments, instructions, white space and CDATA stay."""
    expected = after or f'<?xml version="1.0" encoding="UTF-8"?>\n{before}'
    assert serialise_xml(parse_xml(before.encode())).decode() == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_declared_encoding_is_read_and_written_as_utf_8(encoding: str) -> None:
    """Encodings are read as declared; Chinese and emoji come through."""
    declared = {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
    text = f'<?xml version="1.0" encoding="{declared}"?><r a="𠮷">报告😀</r>'
    root = parse_xml(text.encode(encoding))
    assert (root.text, root.get("a")) == ("报告😀", "𠮷")
    assert serialise_xml(root).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<r a="𠮷">报告😀</r>'
    )


def test_carriage_returns_and_tabs_survive() -> None:
    """What was written as a character reference is so again."""
    text = b'<r a="1&#13;&#10;2&#9;3">x&#13;y</r>'
    assert serialise_xml(parse_xml(text)).endswith(text)


@pytest.mark.parametrize(
    "dtd",
    [
        "<!DOCTYPE r>",
        '<!DOCTYPE r SYSTEM "http://localhost:1/x.dtd">',
        '<!DOCTYPE r [<!ENTITY a "b">]>',
        '<!-- x --><!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_dtd_is_refused(dtd: str, encoding: str) -> None:
    """No part of an Office file has one, whatever its encoding."""
    error = refusal(f'<?xml version="1.0" encoding="{encoding}"?>{dtd}<r/>'.encode(encoding))
    assert error.message("en") == (
        "[package.dtd] word/document.xml has a DTD, which no Office file should have\n"
        "  where: a.docx > word/document.xml\n"
        "  mend: the file may be hostile: do not use it; if you trust its source, save it again in "
        "Word or Excel."
    )


@pytest.mark.parametrize("use", ["<r>&f;</r>", '<r a="&f;"/>'])
def test_entities_that_multiply_are_refused_at_once(use: str) -> None:
    """A billion laughs costs nothing."""
    entities = '<!ENTITY a "aaaaaaaaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 40}">'
        for before, name in zip("abcde", "bcdef", strict=True)
    )
    error = refusal(f"<!DOCTYPE r [{entities}]>{use}".encode())
    assert [problem.code for problem in error] == ["package.dtd"]


def test_external_entity_is_never_opened(tmp_path: Path) -> None:
    """Not even the file is touched: a pipe that nobody writes to would block."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    error = refusal(f'<!DOCTYPE r [<!ENTITY x SYSTEM "{pipe}">]><r>&x;</r>'.encode())
    assert [problem.code for problem in error] == ["package.dtd"]


def test_doctype_as_text_is_no_dtd() -> None:
    """Inside CDATA and comments the word does no harm."""
    root = parse_xml(b"<r><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE r>]]></r>")
    assert "".join(map(str, root.itertext())).endswith("<!DOCTYPE r>")


def test_depth_is_limited() -> None:
    """Elements may be nested 256 deep, or as deep as the limits say if that is less."""
    parse_xml(b"<a>" * 256 + b"</a>" * 256)
    parse_xml(b"<a>" * 20 + b"</a>" * 20, limits=Limits(max_depth=20))
    for depth, limits in ((257, None), (100_000, None), (21, Limits(max_depth=20))):
        error = refusal(b"<a>" * depth + b"</a>" * depth, limits)
        assert error.message("zh") == (
            "[package.too_deep] word/document.xml 的元素嵌套过深\n"
            "  位置：a.docx > word/document.xml\n"
            "  改法：文件可能是恶意构造的，请勿使用；如来源可信，请减少其中嵌套的表格和文本框。"
        )


def test_large_part_is_no_tree() -> None:
    """A tree takes many times the size of its part."""
    error = refusal(b"<r>1234567890</r>", Limits(max_tree=10))
    assert error.message("en") == (
        "[package.part_too_large] word/document.xml unpacks to 17 bytes, more than 10\n"
        "  where: a.docx > word/document.xml\n"
        "  mend: split the file; where it must be, a program may raise the Limits."
    )


@pytest.mark.parametrize(
    "data", [b"", b"text", b"<r>", b"<r></x>", b"<r>\x00</r>", b"<r>&nbsp;</r>", b"<r>\xff</r>"]
)
def test_malformed_part_is_told_with_its_place(data: bytes) -> None:
    """Broken XML is a damaged file, never another exception."""
    (problem,) = refusal(data)
    assert problem.code == "package.malformed_xml"
    assert (problem.place.file, problem.place.part) == ("a.docx", "word/document.xml")
    assert problem.fields["reason"]
