"""Laws: whatever the blocks and however nested, what is printed is what the blocks say."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from govdocs.template import Template
from tests.support.soundness import assert_sound
from tests.support.word import part_of, word_package

Node = tuple[Any, ...]
NAMES = {"yes": True, "no": False}
WORDS = st.sampled_from(["甲", "b&", "<c>", "{{ i }}", "{{ n }}"])


def trees(depth: int = 3) -> st.SearchStrategy[list[Node]]:
    """Make nested blocks: texts, conditions, loops."""
    text = st.tuples(st.just("text"), WORDS)
    if not depth:
        return st.lists(text, max_size=2)
    inner = trees(depth - 1)
    condition = st.tuples(st.just("if"), st.sampled_from(sorted(NAMES)), inner, inner)
    loop = st.tuples(st.just("for"), st.integers(0, 3), inner)
    return st.lists(st.one_of(text, condition, loop), max_size=3)


def write(tree: list[Node]) -> Iterator[str]:
    """Write a tree as pieces: texts and tags."""
    for node in tree:
        if node[0] == "text":
            yield node[1]
        elif node[0] == "if":
            yield f"{{% if {node[1]} %}}"
            yield from write(node[2])
            yield "{% else %}"
            yield from write(node[3])
            yield "{% endif %}"
        else:
            yield f"{{% for i in range({node[1]}) %}}"
            yield from write(node[2])
            yield "{% endfor %}"


def printed(tree: list[Node], i: int = 9) -> Iterator[str]:
    """Tell what a tree prints."""
    for node in tree:
        if node[0] == "text":
            yield str({"{{ i }}": i, "{{ n }}": 7}.get(node[1], node[1]))
        elif node[0] == "if":
            yield from printed(node[2] if NAMES[node[1]] else node[3], i)
        else:
            for number in range(node[1]):
                yield from printed(node[2], number)


def paragraph(text: str) -> str:
    """Write a paragraph."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:p><w:r><w:t xml:space="preserve">{escaped}</w:t></w:r></w:p>'


def fill(body: str, unit: str) -> list[str]:
    """Fill a body; read the text of each element that is called ``unit``."""
    template = word_package(body)
    document = bytes(Template(template).fill({**NAMES, "i": 9, "n": 7}))
    assert_sound(document, template)
    return ["".join(map(str, one.itertext())) for one in part_of(document).iter(f"{{*}}{unit}")]


@given(trees())
def test_blocks_of_paragraphs(tree: list[Node]) -> None:
    """Each tag in a paragraph of its own: its paragraph goes, the others are printed."""
    body = "".join(map(paragraph, write(tree))) + paragraph("end")
    assert fill(body, "p") == [*printed(tree), "end"]


@given(trees(), st.booleans())
def test_blocks_of_rows(tree: list[Node], prefixed: bool) -> None:
    """Each tag in a row of its own, with docxtpl's prefix or without."""
    pieces = [one.replace("{%", "{%tr") if prefixed else one for one in [*write(tree), "end"]]
    row = "<w:tr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr>"
    rows = "".join(row.format(paragraph(piece)) for piece in pieces)
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>"
    assert fill(table, "tr") == [*printed(tree), "end"]


@given(trees(2))
def test_blocks_of_cells(tree: list[Node]) -> None:
    """Each tag in a cell of its own; a row without cells, a table without rows goes."""
    cells = "".join(f"<w:tc>{paragraph(one.replace('{%', '{%tc'))}</w:tc>" for one in write(tree))
    grid = "<w:tblGrid><w:gridCol/></w:tblGrid>"
    filler = f"<w:tr><w:tc>{paragraph('end')}</w:tc></w:tr>"
    row = f"<w:tr>{cells}</w:tr>" if cells else ""
    body = f"<w:tbl><w:tblPr/>{grid}{row}{filler}</w:tbl>"
    assert fill(body, "tc") == [*printed(tree), "end"]


@given(trees(), st.data())
def test_blocks_within_a_paragraph(tree: list[Node], data: st.DataObject) -> None:
    """All in one paragraph, its runs cut anywhere, some of them in links."""
    text = "".join(write(tree)) + "end"
    cuts = sorted(data.draw(st.sets(st.integers(1, max(len(text) - 1, 1)), max_size=6)))
    runs = ""
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end].replace("&", "&amp;").replace("<", "&lt;")
        bold = "<w:rPr><w:b/></w:rPr>" * data.draw(st.booleans())
        run = f'<w:r>{bold}<w:t xml:space="preserve">{piece}</w:t></w:r>'
        linked = data.draw(st.booleans())
        runs += f'<w:hyperlink w:anchor="a">{run}</w:hyperlink>' if linked else run
    assert fill(f"<w:p>{runs}</w:p>", "p") == ["".join(printed(tree)) + "end"]


@given(trees(2), st.data())
def test_tags_that_share_their_paragraphs(tree: list[Node], data: st.DataObject) -> None:
    """Neighbouring tags typed into one paragraph steer as if each had its own."""
    pieces = list(write(tree))
    lines: list[str] = []
    for piece in pieces:
        is_tag = piece.startswith("{%")
        if lines and is_tag and lines[-1].startswith("{%") and data.draw(st.booleans()):
            lines[-1] += piece
        else:
            lines.append(piece)
    body = "".join(map(paragraph, lines)) + paragraph("end")
    found = [text for text in fill(body, "p") if text]
    assert found == [*printed(tree), "end"]
