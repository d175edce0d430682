"""Numbered lists begin anew for each item of the loop that they stand in."""

# ruff: noqa: E501 - markup stands on a line

import pytest
from lxml import etree

from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.numbering import read_numbering
from govdocs.opc import Package
from tests.support.notation import NAMESPACES
from tests.support.word import fill_package, part_of

NUMBERING = (
    '<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="5"/></w:num>'
)
STYLES = '<w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="Listed"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
DATA = {"xs": [{"ys": "ab"}, {"ys": "cde"}]}


def paragraphs(*texts: str) -> str:
    """Write paragraphs: ``7.0:text`` is an item of list 7 on level 0, ``Listed:text`` has a style."""
    out = ""
    for text in texts:
        kind, colon, rest = text.partition(":")
        properties = ""
        if colon and "." in kind:
            number, depth = kind.split(".")
            properties = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        elif colon:
            properties = f'<w:pPr><w:pStyle w:val="{kind}"/></w:pPr>'
        out += f"<w:p>{properties}<w:r><w:t>{rest if colon else text}</w:t></w:r></w:p>"
    return out


def numbered(*texts: str) -> list[str]:
    """Fill paragraphs and read them with the numbers that Word sets before them."""
    document = fill_package(paragraphs(*texts), DATA, numbering=NUMBERING, styles=STYLES)
    package = Package(bytes(document))
    numbering = read_numbering(package, WORD[NAMESPACES["w"]])
    body = part_of(document).iter(f"{{{NAMESPACES['w']}}}p")
    return [numbering.next_of(p) + "".join(map(str, p.itertext())) for p in body]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (
            (
                "{% for x in xs %}",
                "h",
                "{% for y in x.ys %}",
                "7.0:{{ y }}",
                "{% endfor %}",
                "{% endfor %}",
            ),
            ["h", "1.a", "2.b", "h", "1.c", "2.d", "3.e"],
        ),
        (
            ("{% for x in xs %}", "h", "7.0:a", "7.0:b", "{% endfor %}"),
            ["h", "1.a", "2.b", "h", "1.a", "2.b"],
        ),
        (
            ("{% for x in xs %}", "h", "Listed:a", "Listed:b", "{% endfor %}"),
            ["h", "1.a", "2.b", "h", "1.a", "2.b"],
        ),
        (("{% for x in xs %}", "7.0:a", "h", "{% endfor %}"), ["1.a", "h", "2.a", "h"]),
        (
            ("{% for x in xs %}", "7.0:a", "7.1:b", "7.1:c", "{% endfor %}"),
            ["1.a", "(3)b", "(4)c", "2.a", "(3)b", "(4)c"],
        ),
        (
            ("7.0:first", "{% for x in xs %}", "7.0:a", "7.0:b", "{% endfor %}"),
            ["1.first", "2.a", "3.b", "4.a", "5.b"],
        ),
        (
            (
                "{% for x in xs %}",
                "{% if x.ys == 'ab' %}",
                "7.0:a",
                "{% else %}",
                "7.0:b",
                "{% endif %}",
                "{% endfor %}",
            ),
            ["1.a", "2.b"],
        ),
        (
            (
                "{% for x in xs %}",
                "{% for z in [1, 2] %}",
                "h",
                "{% for y in x.ys %}",
                "7.0:{{ y }}",
                "{% endfor %}",
                "{% endfor %}",
                "{% endfor %}",
            ),
            ["h", "1.a", "2.b"] * 2 + ["h", "1.c", "2.d", "3.e"] * 2,
        ),
        (("{% for x in xs %}", "8.0:a", "8.0:b", "{% endfor %}"), ["·a", "·b", "·a", "·b"]),
    ],
)
def test_list_counts_as_a_reader_expects(texts: tuple[str, ...], read: list[str]) -> None:
    """Inner lists begin anew, the items of the loop itself go on."""
    assert numbered(*texts) == read


def test_first_pass_keeps_the_templates_own_list() -> None:
    """Later passes have lists of the same kind that begin where it begins."""
    body = paragraphs("{% for x in xs %}", "7.0:a", "7.0:b", "{% endfor %}")
    document = fill_package(body, {"xs": [1, 2, 3]}, numbering=NUMBERING)
    val = f"{{{NAMESPACES['w']}}}val"
    used = [one.get(val) for one in part_of(document).iter("{*}numId")]
    assert used == ["7", "7", "9", "9", "10", "10"]
    root = part_of(document, "word/numbering.xml")
    made = root.findall("w:num", NAMESPACES)
    assert [one.get(f"{{{NAMESPACES['w']}}}numId") for one in made] == ["7", "8", "9", "10"]
    assert [one.get(val) for one in made[2].iter("{*}abstractNumId", "{*}startOverride")] == [
        "4",
        "1",
        "3",
    ]
    assert [etree.QName(one).localname for one in root] == ["abstractNum"] * 2 + ["num"] * 4


def test_numbering_is_not_touched_where_nothing_begins_anew() -> None:
    """One pass, or a list outside of loops."""
    for body, xs in (
        (paragraphs("{% for x in xs %}", "7.0:a", "7.0:b", "{% endfor %}"), [1]),
        (paragraphs("7.0:{{ xs|length }}"), [1]),
    ):
        document = fill_package(body, {"xs": xs}, numbering=NUMBERING)
        assert len(part_of(document, "word/numbering.xml").findall("w:num", NAMESPACES)) == 2
