"""The engine as a whole: whole packages of every kind, filled and left alone."""

# ruff: noqa: E501 - markup stands on a line

import copy
import io
import pickle
import subprocess
import sys
import threading
from difflib import ndiff
from pathlib import Path

import docx
import pytest
from lxml import etree

from govdocs.errors import DataError
from govdocs.template import Document, Template, fill_all
from tests.support.packages import (
    canonical_lines,
    read_compressed,
    read_parts,
    replace_parts,
)
from tests.support.soundness import assert_sound
from tests.support.word import fill_package, part_of, read_body, word_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def word_made() -> bytes:
    """Make a document as python-docx's own template has it, with many parts."""
    document = docx.Document()
    document.add_heading("标题", 1)
    document.add_paragraph("共 {{ n }} 件。").add_run("不变").bold = True
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "{%tr for x in xs %}{{ x }}"
    table.cell(0, 1).text = "{%tr endfor %}"
    document.sections[0].header.paragraphs[0].text = "不变的页眉"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_parts_without_tags_are_the_same_bytes_compressed_too() -> None:
    """F1: what has no tag comes out as it went in, in the same order."""
    template = word_made()
    filled = bytes(Template(template).fill({"n": 3, "xs": [1]}))
    before, after = read_compressed(template), read_compressed(filled)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]


def test_template_without_tags_comes_out_byte_for_byte() -> None:
    """Every part, every relationship, every time."""
    document = docx.Document()
    document.add_paragraph("{ 没有标签 }")
    buffer = io.BytesIO()
    document.save(buffer)
    filled = bytes(Template(buffer.getvalue()).fill({}))
    assert read_compressed(filled) == read_compressed(buffer.getvalue())


def test_part_with_tags_is_equal_outside_of_the_filled_places() -> None:
    """F2: as canonical XML, only the lines of the tag differ."""
    template = word_made()
    filled = bytes(Template(template).fill({"n": 3, "xs": ["a"]}))
    before = canonical_lines(read_parts(template)["word/document.xml"])
    after = canonical_lines(read_parts(filled)["word/document.xml"])
    changed = [line for line in ndiff(before, after) if line[0] in "-+"]
    assert [line for line in changed if not line[2:].startswith("<w:t")] == [
        "- 共 {{ n }} 件。",
        "+ 共 3 件。",
        "- {%tr for x in xs %}{{ x }}",
        "+ a",
        "- {%tr endfor %}",
    ]
    assert {line for line in changed if line[2:].startswith("<w:t")} == {
        "- <w:t>",
        '+ <w:t xml:space="preserve">',
    }


def test_same_template_and_data_give_the_same_bytes_here_and_in_another_process(
    tmp_path: Path,
) -> None:
    """F3: no time, no order of sets, no machine is in the outcome."""
    (tmp_path / "a.docx").write_bytes(word_made())
    program = (
        "import sys; from govdocs import Template; "
        "sys.stdout.buffer.write(bytes(Template(sys.argv[1]).fill({'n': 3, 'xs': ['a', 'b']})))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.docx")]
    runs = {
        subprocess.run(
            command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    template = Template(tmp_path / "a.docx")
    runs |= {bytes(template.fill({"n": 3, "xs": ["a", "b"]})) for _ in range(2)}
    assert len(runs) == 1


def test_pickled_template_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """A compiled template can be handed to workers."""
    template = Template(word_made())
    (tmp_path / "template").write_bytes(pickle.dumps(template))
    program = (
        "import pickle, sys; template = pickle.load(open(sys.argv[1], 'rb')); "
        "sys.stdout.buffer.write(bytes(template.fill({'n': 3, 'xs': ['a']})))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "template")]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stdout == bytes(template.fill({"n": 3, "xs": ["a"]}))
    assert bytes(copy.deepcopy(template).fill({"n": 3, "xs": ["a"]})) == run.stdout


def test_one_template_filled_from_sixteen_threads_at_once() -> None:
    """Each thread gets its own result, generators and faults included."""
    template = Template(word_made())
    outcomes: dict[int, str] = {}
    start = threading.Barrier(16)

    def fill(number: int) -> None:
        start.wait()
        for _ in range(5):
            if number % 4 == 3:
                with pytest.raises(DataError):
                    template.fill({"xs": [1]})
                outcomes[number] = "missing"
            else:
                data = {"n": number, "xs": (f"{number}-{i}" for i in range(30))}
                outcomes[number] = read_body(bytes(template.fill(data)))

    threads = [threading.Thread(target=fill, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(16):
        if number % 4 == 3:
            assert outcomes[number] == "missing"
            continue
        expected = read_body(
            bytes(template.fill({"n": number, "xs": [f"{number}-{i}" for i in range(30)]}))
        )
        assert outcomes[number] == expected
        assert f"{number}-29" in expected


def test_generator_serves_several_parts_and_several_templates() -> None:
    """An iterator is read once and kept for the whole call."""
    loop = 'p"{% for x in xs %}{{ x }}{% endfor %}"'
    templates = [Template(word_package(loop, header=loop)) for _ in range(2)]
    for document in fill_all(templates, {"xs": (x for x in "abc")}):
        assert read_body(bytes(document)) == 'p"abc"'
        assert "".join(map(str, part_of(document, "word/header.xml").itertext())) == "abc"


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
        (
            "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        (
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    ],
)
def test_filled_template_is_a_document_and_macros_stay(made: str, kept: str) -> None:
    """A ``.dotx`` gives a ``.docx``, a ``.dotm`` a ``.docm``, as in Word; macros are not touched."""
    macros = {"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", "\x01macros {{ x }}")}
    template = word_package('p"{{ x }}"', main_type=made, extra=macros)
    document = Template(template).fill({"x": 1})
    types = part_of(document, "[Content_Types].xml")
    [main] = [one for one in types if one.get("PartName") == "/word/document.xml"]
    assert main.get("ContentType") == kept
    assert read_parts(bytes(document))["word/vbaProject.bin"] == b"\x01macros {{ x }}"
    assert read_body(bytes(document)) == 'p"1"'


def test_python_docx_opens_what_a_dotx_gave() -> None:
    """python-docx refuses templates; ours is a document."""
    parts = read_parts(word_made())
    types = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    template = replace_parts(word_made(), {"[Content_Types].xml": types})
    document = Template(template).fill({"n": 5, "xs": []}).to_docx()
    assert document.paragraphs[1].text == "共 5 件。不变"


@pytest.mark.parametrize(
    ("declared", "start"),
    [
        ("xmlns:x", "x:"),
        ("xmlns", ""),
    ],
)
@pytest.mark.parametrize("namespace", [W, STRICT])
def test_any_prefix_and_dialect(declared: str, start: str, namespace: str) -> None:
    """Another prefix than ``w``, none at all, and strict documents."""
    also = f'xmlns:a="{namespace}"' if not start else ""
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = (
        text.format("{{ x }}")
        + text.format("{% if no %}")
        + text.format("a")
        + text.format("{% endif %}")
        + "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
        + text.format("{%tr for y in ys %}{% cellbg c %}{{ y }}{%tr endfor %}")
        + "</w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc>"
        + text.format("{%tr for y in nobody %}{{ y }}{%tr endfor %}")
        + "</w:tc></w:tr></w:tbl>"
    )
    xml = f'<w:document {declared}="{namespace}" {also}><w:body>{body}</w:body></w:document>'
    xml = xml.replace("<w:", f"<{start}").replace("</w:", f"</{start}")
    template = replace_parts(word_package('p"a"'), {"word/document.xml": xml})
    data = {"x": "1\t2\f3", "no": False, "ys": [1, 2], "nobody": [], "c": "D9D9D9"}
    filled = bytes(Template(template).fill(data))
    root = part_of(filled)
    assert "".join(map(str, root.itertext("{*}t"))) == "12312"
    assert {etree.QName(one).namespace for one in root.iter()} == {namespace}
    [page] = list(root.iter("{*}br"))
    assert page.items() == [(f"{{{namespace}}}type", "page")]
    shades = list(root.iter("{*}shd"))
    assert [one.get(f"{{{namespace}}}fill") for one in shades] == ["D9D9D9"] * 2
    assert len(list(root.iter("{*}tbl"))) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030", "utf-8-sig"])
def test_parts_in_other_encodings_are_read(encoding: str) -> None:
    """A part says itself in which encoding it is; without tags it stays in it."""
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    written = {"utf-16-le": "\ufeff"}.get(encoding, "")
    xml = f'{written}<?xml version="1.0" encoding="{declared}"?><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>甲{{{{ x }}}}</w:t></w:r></w:p></w:body></w:document>'
    header = f'{written}<?xml version="1.0" encoding="{declared}"?><w:hdr xmlns:w="{W}"><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:hdr>'
    template = replace_parts(
        word_package('p"a"', header='p"b"'),
        {"word/document.xml": xml.encode(encoding), "word/header.xml": header.encode(encoding)},
    )
    filled = bytes(Template(template).fill({"x": "丙"}))
    assert read_body(filled) == 'p"甲丙"'
    assert read_parts(filled)["word/header.xml"] == header.encode(encoding)


def test_text_in_cdata_and_full_width_braces_are_read() -> None:
    """Every way to write a text."""
    xml = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t><![CDATA[{{{{ x }}}}&<b>]]></w:t></w:r></w:p>'
        "<w:p><w:r><w:t>｛｛ x ｝｝&#123;&#123; x &#125;&#125;</w:t></w:r></w:p></w:body></w:document>"
    )
    template = replace_parts(word_package('p"a"'), {"word/document.xml": xml})
    assert read_body(bytes(Template(template).fill({"x": 1}))) == 'p"1&<b>", p"11"'


def test_comments_and_instructions_beside_the_root_stay() -> None:
    """What stands before and after the document element is part of the part."""
    xml = f'<?xml version="1.0"?><!-- a --><?b c?><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p></w:body></w:document><!-- d -->'
    template = replace_parts(word_package('p"a"'), {"word/document.xml": xml})
    filled = read_parts(bytes(Template(template).fill({"x": 1})))["word/document.xml"].decode()
    assert filled.replace("\n", "").startswith(
        '<?xml version="1.0" encoding="UTF-8"?><!-- a --><?b c?><w:doc'
    )
    assert filled.endswith("</w:document><!-- d -->")


def test_tags_are_filled_wherever_text_is_shown() -> None:
    """F6: no tag is left in any part of the package."""
    plain = "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"
    parts = {
        "header": plain,
        "footer": plain,
        "footnotes": f'<w:footnote w:id="1">{plain}</w:footnote>',
        "endnotes": f'<w:endnote w:id="1">{plain}</w:endnote>',
        "comments": f'<w:comment w:id="1">{plain}</w:comment>',
        "settings": '<w:docVars><w:docVar w:name="a" w:val="{{ x }}"/></w:docVars>',
        "numbering": '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="{{ x }}%1"/></w:lvl></w:abstractNum>',
    }
    glossary = f'<w:glossaryDocument xmlns:w="{W}"><w:docParts><w:docPart><w:docPartBody>{plain}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml"
    extra = {"word/glossary/document.xml": (kind, glossary)}
    document = fill_package(
        'p(r"{{ x }}", box(p"{{ x }}"), sdt(r"{{ x }}"))', {"x": "值"}, extra=extra, **parts
    )
    for name, data in read_parts(bytes(document)).items():
        assert b"{{" not in data, name
    filled = [name for name, data in read_parts(bytes(document)).items() if "值".encode() in data]
    assert len(filled) == 9


def test_address_of_a_link_is_filled() -> None:
    """Word writes the braces of an address as ``%7B``; what is filled in is encoded likewise."""
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{}" TargetMode="External"/>'
        "</Relationships>"
    )
    for target, filled in (
        (
            "https://example.org/%7B%7B%20id%20%7D%7D?a=%20b",
            "https://example.org/7%20%E5%8F%B7?a= b",
        ),
        ("{{ url }}", "https://example.org/a?b=c&d#e"),
        ("https://example.org/%7Bid%7D", "https://example.org/%7Bid%7D"),
    ):
        template = replace_parts(
            word_package('p"a"'), {"word/_rels/document.xml.rels": rels.format(target)}
        )
        document = Template(template).fill({"id": "7 号", "url": "https://example.org/a?b=c&d#e"})
        [relationship] = part_of(document, "word/_rels/document.xml.rels")
        assert relationship.get("Target") == filled


@pytest.mark.parametrize(
    "settings",
    ["", '<w:zoom w:percent="100"/><w:rsids/>', '<w:rsids/><w:updateFields w:val="false"/>', None],
)
def test_fields_are_worked_out_anew_on_request(settings: str | None) -> None:
    """The switch stands where the schema wants it, once, in settings made if there are none."""
    inner = settings or "<w:rsids/>"
    whole = settings is not None
    template = word_package('p"{{ x }}"', settings=inner) if whole else word_package('p"{{ x }}"')
    document = Template(template).fill({"x": 1}, update_fields=True)
    assert_sound(bytes(document), template)
    root = part_of(document, "word/settings.xml" if whole else "word/settings1.xml")
    names = [etree.QName(one).localname for one in root]
    assert names.count("updateFields") == 1
    if "zoom" in names:
        assert names == ["zoom", "updateFields", "rsids"]
    [switch] = root.iter("{*}updateFields")
    assert switch.get(f"{{{W}}}val") == "true"
    plain = Template(template).fill({"x": 1})
    assert read_parts(bytes(plain)).get("word/settings.xml") == read_parts(template).get(
        "word/settings.xml"
    )


def test_mistake_in_the_call_is_said() -> None:
    """Data that are no mapping, an unknown way to treat missing values."""
    template = Template(word_package('p"{{ x }}"'))
    with pytest.raises(DataError) as caught:
        template.fill([1])  # type: ignore[arg-type]
    assert caught.value.message("zh").splitlines()[0] == (
        "[data.not_a_mapping] 数据应当是名称与值的对照（dict），而不是 list"
    )
    with pytest.raises(ValueError, match="missing must be"):
        template.fill({}, missing="ignore")  # type: ignore[arg-type]


def test_missing_name_in_two_templates_is_one_problem_with_both_files(tmp_path: Path) -> None:
    """Each place names its file."""
    for name, body in (("a.docx", 'p"{{ x }}"'), ("b.docx", 'p"a", p"{{ x }}{{ 1/0 }}"')):
        (tmp_path / name).write_bytes(word_package(body))
    templates = [Template(tmp_path / name) for name in ("a.docx", "b.docx")]
    with pytest.raises(DataError) as caught:
        fill_all(templates, {"X": 1})
    message = caught.value.message("en").replace(str(tmp_path), "DIR")
    assert (
        message
        == """\
[data.misspelt] the data have no "x"; did you mean "X"?
  where: DIR/a.docx > body (word/document.xml) > paragraph 1 > {{ x }} (x)
  where: DIR/b.docx > body (word/document.xml) > paragraph 2 > {{ x }} (x)
  mend: mend the name in the data or in the template.
[data.division_by_zero] the tag {{ 1/0 }} divides by zero
  where: DIR/b.docx > body (word/document.xml) > paragraph 2 > {{ 1/0 }}
  mend: check the data; where zero may happen, say something else with {% if %}."""
    )


def test_document_is_saved_and_read_back(tmp_path: Path) -> None:
    """The face of a filled document."""
    document = fill_package('p"{{ x }}"', {"x": 1})
    assert isinstance(document, Document)
    assert document.kind == "docx"
    document.save(tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes() == bytes(document)
