"""Copies that a loop makes have ids of their own, and refer to themselves."""

# ruff: noqa: E501 - a case stands on a line

from lxml import etree

from tests.support.notation import NAMESPACES
from tests.support.word import fill_body, fill_package, part_of

W14 = NAMESPACES["w14"]


def test_bookmarks_of_copies_have_new_names_and_matching_ends() -> None:
    """The first copy keeps its own; links and fields inside a copy lead to the copy's bookmark."""
    body = (
        'p"{% for x in xs %}", p(bookmarkStart[id=3 name=m], r"{{ x }}", bookmarkEnd[id=3], hyperlink[anchor=m](r"up"), '
        'fldSimple[instr=REF_m](r"1"), hyperlink[anchor=other](r"out")), p"{% endfor %}", '
        'p(bookmarkStart[id=1 name=other], bookmarkEnd[id=1], hyperlink[anchor=m](r"in"))'
    )
    assert fill_body(body, {"xs": [1, 2]}) == (
        'p(bookmarkStart[id=3 name=m], r"1", bookmarkEnd[id=3], hyperlink[anchor=m](r"up"), '
        'fldSimple[instr=REF_m](r"1"), hyperlink[anchor=other](r"out")), '
        'p(bookmarkStart[id=2 name=m__1], r"2", bookmarkEnd[id=2], hyperlink[anchor=m__1](r"up"), '
        'fldSimple[instr=REF_m](r"1"), hyperlink[anchor=other](r"out")), '
        'p(bookmarkStart[id=1 name=other], bookmarkEnd[id=1], hyperlink[anchor=m](r"in"))'
    )


def test_field_code_names_the_bookmark_of_its_own_copy() -> None:
    """``REF`` and ``PAGEREF``, in simple and in complex fields, and links inside the document."""
    codes = ["REF m \\h", "PAGEREF m", 'HYPERLINK \\l "m"', "REF mm", "SEQ m"]
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    body = (
        "<w:p><w:r><w:t>{% for x in [1, 2] %}</w:t></w:r></w:p><w:p><w:bookmarkStart w:id='1' w:name='m'/>"
        f"<w:bookmarkEnd w:id='1'/>{runs}<w:fldSimple w:instr='REF m'/></w:p>"
        "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>"
    )
    document = part_of(fill_package(body))
    written = [one.text for one in document.iter("{*}instrText")]
    assert written[:5] == codes
    assert written[5:] == [
        "REF m__1 \\h",
        "PAGEREF m__1",
        'HYPERLINK \\l "m__1"',
        "REF mm",
        "SEQ m",
    ]
    simple = [one.get(f"{{{NAMESPACES['w']}}}instr") for one in document.iter("{*}fldSimple")]
    assert simple == ["REF m", "REF m__1"]


def test_paragraphs_of_copies_have_ids_of_their_own() -> None:
    """In nested loops too; ``textId`` need not be unique and stays."""
    p = '<w:p w14:paraId="{}" w14:textId="77777777"><w:r><w:t>{}</w:t></w:r></w:p>'
    body = "".join(
        p.format(f"{number:08X}", text)
        for number, text in enumerate(
            [
                "{% for x in [1, 2] %}",
                "a",
                "{% for y in [1, 2] %}",
                "b",
                "{% endfor %}",
                "{% endfor %}",
                "c",
            ],
            0x7FFFFFF0,
        )
    )
    document = part_of(fill_package(body))
    found = [one.get(f"{{{W14}}}paraId") for one in document.iter("{*}p")]
    assert found == [
        "7FFFFFF1",
        "7FFFFFF3",
        "00000001",
        "00000002",
        "00000003",
        "00000004",
        "7FFFFFF6",
    ]
    assert {one.get(f"{{{W14}}}textId") for one in document.iter("{*}p")} == {"77777777"}


def test_controls_drawings_and_shapes_of_copies_have_ids_of_their_own() -> None:
    """Ids that other elements of the document have already are not given out."""
    body = 'p"{% for x in [1, 2, 3] %}", p(box(p"a")), sdt[id=1](p"b"), p"{% endfor %}", sdt[id=2](p"c")'
    document = part_of(fill_package(body))
    controls = document.findall(".//w:sdtPr/w:id", NAMESPACES)
    assert [one.get(f"{{{NAMESPACES['w']}}}val") for one in controls] == ["1", "3", "4", "2"]
    assert [one.get("id") for one in document.iter("{*}docPr")] == ["1", "2", "3"]
    assert [one.get("id") for one in document.iter("{*}shape")] == ["s1", "s1_1", "s1_2"]


def test_macro_that_is_called_twice_is_a_copy_too() -> None:
    """What repeats is renewed, by whatever statement."""
    body = (
        'p"{% macro m() %}", p(bookmarkStart[id=1 name=b], r"x", bookmarkEnd[id=1]), p"{% endmacro %}", '
        'p"{{p m() }}", p"{{p m() }}"'
    )
    assert fill_body(body) == (
        'p(bookmarkStart[id=1 name=b], r"x", bookmarkEnd[id=1]), '
        'p(bookmarkStart[id=2 name=b__1], r"x", bookmarkEnd[id=2])'
    )


def test_long_name_of_a_bookmark_stays_within_words_limit() -> None:
    """Word takes 40 characters."""
    name = "n" * 40
    body = f'p"{{% for x in [1, 2] %}}", p(bookmarkStart[id=1 name={name}], bookmarkEnd[id=1]), p"{{% endfor %}}"'
    document = part_of(fill_package(body))
    names = [one.get(f"{{{NAMESPACES['w']}}}name") for one in document.iter("{*}bookmarkStart")]
    assert names == [name, "n" * 37 + "__1"]


def test_two_fillings_give_the_same_ids() -> None:
    """Ids hang on the template and the data alone."""
    from govdocs.template import Template
    from tests.support.word import word_package

    body = 'p"{% for x in xs %}", p(bookmarkStart[id=1 name=b], bookmarkEnd[id=1]), p"{% endfor %}"'
    template = Template(word_package(body))
    first = bytes(template.fill({"xs": [1, 2, 3]}))
    template.fill({"xs": [1] * 9})
    assert bytes(template.fill({"xs": [1, 2, 3]})) == first


def test_ids_outside_of_loops_stay() -> None:
    """A condition prints once: nothing is renewed."""
    body = 'p"{% if yes %}", p(bookmarkStart[id=9 name=b], bookmarkEnd[id=9]), p"{% endif %}"'
    document = etree.tostring(part_of(fill_package(body, {"yes": 1})), encoding="unicode")
    assert 'w:id="9" w:name="b"' in document


def test_types_of_old_shapes_are_defined_once_each_and_followed() -> None:
    """A watermark in a loop brings its ``v:shapetype`` along; each shape has that of its pass."""
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    shape = (
        f'<w:p><w:r><w:pict><v:shapetype {vml} id="_x0000_t136"/>'
        f'<v:shape {vml} id="_x0000_s1" type="#_x0000_t136"/></w:pict></w:r></w:p>'
    )
    tag = "<w:p><w:r><w:t>{{% {} %}}</w:t></w:r></w:p>"
    body = tag.format("for x in [1, 2, 3]") + shape + tag.format("endfor") + "<w:p/>"
    document = part_of(fill_package(body))
    types = ["_x0000_t136", "_x0000_t136_1", "_x0000_t136_2"]
    assert [one.get("id") for one in document.iter("{*}shapetype")] == types
    assert [one.get("type") for one in document.iter("{*}shape")] == [f"#{one}" for one in types]


def test_relationship_of_an_old_picture_stays_in_every_copy() -> None:
    """``r:id`` of ``v:imagedata`` is no id of a shape."""
    picture = '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" r:id="rId1"/>'
    tag = "<w:p><w:r><w:t>{{% {} %}}</w:t></w:r></w:p>"
    shape = f"<w:p><w:r><w:pict>{picture}</w:pict></w:r></w:p>"
    body = tag.format("for x in [1, 2]") + shape + tag.format("endfor") + "<w:p/>"
    document = part_of(fill_package(body, header='p"a"'))
    relation = f"{{{NAMESPACES['r']}}}id"
    assert [one.get(relation) for one in document.iter("{*}imagedata")] == ["rId1", "rId1"]
