"""Text boxes show the same to newer and to older readers."""

# ruff: noqa: E501 - a case stands on a line

import itertools

from lxml import etree

from govdocs.docx.compiling.boxes import alike_boxes
from govdocs.docx.tree.dialect import MC
from tests.support.notation import NAMESPACES, write_xml
from tests.support.word import fill_body, fill_package, part_of


def texts(document: object) -> list[str]:
    """Read the text of each copy of the text boxes."""
    boxes = part_of(document).iter("{*}txbxContent")  # type: ignore[arg-type]
    return ["".join(map(str, box.itertext("{*}t"))) for box in boxes]


def test_generator_and_counter_print_the_same_in_both_copies() -> None:
    """The content is printed once and copied: nothing is counted or read twice."""
    counter = itertools.count(1)
    body = 'p(box(p"{% for x in xs %}{{ x }}{% endfor %}{{ next() }}")), p"{{ next() }}"'
    document = fill_package(body, {"xs": iter("abc")}, globals={"next": lambda: next(counter)})
    assert texts(document) == ["abc1", "abc1"]
    assert next(counter) == 3


def test_tabs_and_paragraphs_take_the_format_of_the_box() -> None:
    r"""``\t`` and ``\a`` in a text box are not those of the paragraph that anchors it."""
    body = r'p[Title](i r"a", box(p[Text](b r"{{ x }}")))'
    filled = fill_body(body, {"x": "1\t2\a3"})
    assert filled == r'p[Title](i r"a", box(p[Text](b r"1", b r"\t", b r"2"), p[Text](b r"3")))'


def test_loop_over_boxes_prints_each_twice_alike() -> None:
    """Each pass has its own box, and its own copy of it."""
    body = 'p"{% for x in xs %}", p(box(p"{{ x }}", p"{% if x > 1 %}", p"big", p"{% endif %}")), p"{% endfor %}"'
    assert texts(fill_package(body, {"xs": [1, 2]})) == ["1", "1", "2big", "2big"]


def test_paragraph_tag_beside_a_box_loses_nothing() -> None:
    """A paragraph that anchors a box is more than its tag: it stays, with the box."""
    body = 'p(r"{%p if yes %}", box(p"in {{ x }}")), p"b", p"{%p endif %}", p"c"'
    assert fill_body(body, {"yes": 1, "x": 2}) == 'p(r"", box(p"in 2")), p"b", p"c"'
    assert fill_body(body, {"yes": 0, "x": 2}) == 'p"c"'


def test_copies_that_differ_are_filled_each_by_itself() -> None:
    """Where the copy for older readers is another one, both are filled and keep what they are."""
    xml = write_xml('p(box(p"new {{ x }}"))')
    old = xml.rindex("new")
    body = xml[:old] + "old" + xml[old + 3 :]
    assert texts(fill_package(body, {"x": 1})) == ["new 1", "old 1"]


def test_copy_without_tags_stays_as_it_is() -> None:
    """Boxes without tags are not looked at, even if a tag stands beside them."""
    body = 'p(r"{{ x }}", box(p(r"a", b r"b")))'
    document = part_of(fill_package(body, {"x": 1}))
    assert len(document.findall(".//w:txbxContent", NAMESPACES)) == 2
    assert fill_body(body, {"x": 1}) == 'p(r"1", box(p(r"a", b r"b")))'


def test_missing_value_in_a_box_is_told_once() -> None:
    """Two copies are one place to a reader."""
    import pytest

    from govdocs.errors import DataError

    with pytest.raises(DataError) as caught:
        fill_body('p"a", p(box(p"b", p"{{ x }}"))')
    assert caught.value.message("en").splitlines()[1:-1] == [
        "  where: body (word/document.xml) > paragraph 2 text box 1 paragraph 2 > {{ x }} (x)"
    ]


def test_names_declared_around_one_copy_make_no_difference() -> None:
    """Word declares DrawingML's prefix at the drawing, so around the first copy only."""
    w = NAMESPACES["w"]
    box = "<w:txbxContent><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:txbxContent>"
    drawing = '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    xml = (
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:w="{w}"><mc:Choice>{drawing}{box}</a:graphic>'
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert len(list(alike_boxes(etree.fromstring(xml)))) == 1
