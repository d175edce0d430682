"""What docxtpl's documentation says of rich text: each argument of each class."""

import itertools
from pathlib import Path
from typing import Any

from tests.compat.programs.tags import fill
from tests.compat.samples import paragraph
from tests.compat.typing_hand import box, grid, lines

RICH = "<w:p><w:r><w:t>{{r x }}</w:t></w:r></w:p>"


def every_argument(docxtpl: Any, place: Path) -> None:
    """Each format of a run, alone and with a neighbour."""
    formats: dict[str, Any] = {
        "style": "Strong",
        "color": "#00FF00",
        "highlight": "FFFF00",
        "size": 30,
        "subscript": True,
        "superscript": True,
        "bold": True,
        "italic": True,
        "underline": True,
        "strike": True,
        "font": "Arial",
        "rtl": True,
        "lang": "ar-SA",
    }
    rich = docxtpl.RichText("start ")
    for name, value in formats.items():
        rich.add(f"{name} ", **{name: value})
    (place / "alone.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))
    pairs = docxtpl.RichText()
    for one, other in itertools.combinations(formats, 2):
        if {one, other} != {"subscript", "superscript"}:
            pairs.add(f"{one}+{other} ", **{one: formats[one], other: formats[other]})
    pairs.add("all", **{name: formats[name] for name in formats if name != "subscript"})
    (place / "pairs.docx").write_bytes(fill(docxtpl, RICH, {"x": pairs}))


def arguments_by_position(docxtpl: Any, place: Path) -> None:
    """The order of arguments is part of the interface."""
    rich = docxtpl.RichText()
    rich.add(
        "t",
        "Strong",
        "ff0000",
        "#00ff00",
        20,
        True,
        False,
        True,
        True,
        "wave",
        True,
        "Arial",
        None,
        False,
        "fr-FR",
    )
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def underlines(docxtpl: Any, place: Path) -> None:
    """Kinds of lines; what is no kind is a single line."""
    rich = docxtpl.RichText("u", underline="single")
    for kind in (
        "double",
        "thick",
        "dotted",
        "dash",
        "dotDash",
        "dotDotDash",
        "wave",
        "nonsense",
        True,
        1,
    ):
        rich.add(f" {kind}", underline=kind)
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def colours(docxtpl: Any, place: Path) -> None:
    """With and without a hash sign."""
    rich = docxtpl.R("a", color="#ff00ff")
    rich.add("b", color="00ffff", highlight="#ffff00")
    rich.add("c", highlight="cccccc")
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def nested(docxtpl: Any, place: Path) -> None:
    """A rich text in a rich text, twice; texts of numbers and objects; bytes."""
    inner = docxtpl.RichText("inner", italic=True)
    middle = docxtpl.RichText("[", bold=True)
    middle.add(inner)
    middle.add("]", bold=True)
    rich = docxtpl.RichText(middle)
    for value in (middle, 5, 2.5, None, ["l"], b"bytes", ""):
        rich.add(value)
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def breaks_in_rich_text(docxtpl: Any, place: Path) -> None:
    """Lines, paragraphs, tabs and pages keep the run's format and the paragraph's."""
    style = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>{{r x }}</w:t></w:r></w:p>'
    rich = docxtpl.RichText("a\nb\tc\ad\fe", bold=True, size=20)
    rich.add("\n", italic=True)
    rich.add("\aend")
    (place / "out.docx").write_bytes(fill(docxtpl, style + RICH, {"x": rich}, header="h {{r x }}"))


def characters_of_markup(docxtpl: Any, place: Path) -> None:
    """Rich text takes any character."""
    rich = docxtpl.RichText("<a href=\"x\"> & 'y'", bold=True)
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def places(docxtpl: Any, place: Path) -> None:
    """Amid text, alone, in cells, in loops, under conditions, in a header, twice."""
    rich = docxtpl.RichText("rich", bold=True, color="ff0000")
    body = (
        paragraph("before ", "{{r x }}", " after")
        + lines("{%p for i in l %}")
        + paragraph("{{ loop.index }} ", "{{r i }}")
        + lines("{%p endfor %}")
        + grid(
            (box(RICH), "b"),
            ("{%tr for i in l %}", ""),
            (box(paragraph("{{r i }}")), "{{ loop.index }}"),
            ("{%tr endfor %}", ""),
        )
        + paragraph("a {% if x %}", "{{r x }}", "{% endif %} b")
        + paragraph("{{r x }}", "{{r x }}")
    )
    context = {"x": rich, "l": [docxtpl.R("1", italic=True), rich]}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context, header="{{r x }}"))


def links(docxtpl: Any, place: Path) -> None:
    """Links in the body: alone, amid text, formatted, twice the same, in a table."""

    def context(template: Any) -> dict[str, Any]:
        rich = docxtpl.RichText("You can go to ")
        rich.add("a site", url_id=template.build_url_id("http://example.com/?a=1&b=2"))
        rich.add(" or ")
        rich.add(
            "another",
            url_id=template.build_url_id("https://example.org/路"),
            color="0000ff",
            underline=True,
        )
        rich.add(", again ", bold=True)
        rich.add("a site", url_id=template.build_url_id("http://example.com/?a=1&b=2"))
        return {"x": rich}

    (place / "out.docx").write_bytes(
        fill(docxtpl, paragraph("{{r x }}") + grid((box(RICH), "b")), context)
    )


def regional_fonts(docxtpl: Any, place: Path) -> None:
    """A font for a script of its own."""
    rich = docxtpl.RichText("测试TEST", font="eastAsia:Microsoft YaHei")
    rich.add("测试TEST", font="eastAsia:微软雅黑")
    rich.add("plain")
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def right_to_left(docxtpl: Any, place: Path) -> None:
    """Text of right-to-left scripts, bold and italic there too."""
    rich = docxtpl.RichText("شما", rtl=True, lang="fa-IR")
    rich.add("bold", rtl=True, bold=True, italic=True)
    (place / "out.docx").write_bytes(fill(docxtpl, RICH, {"x": rich}))


def paragraphs(docxtpl: Any, place: Path) -> None:
    """Paragraphs with styles, of plain and rich text."""
    whole = docxtpl.RichTextParagraph("first", parastyle="Heading1")
    whole.add("plain")
    rich = docxtpl.RichText("rich", bold=True)
    rich.add(" text\nline")
    whole.add(rich, parastyle="ListBullet")
    whole.add(docxtpl.R("<&>"), "Quote")
    whole.add("")
    alone = docxtpl.RP(docxtpl.R("alone"))
    body = (
        paragraph("{{p x }}")
        + lines("between")
        + paragraph("{{p y }}")
        + grid((box(paragraph("{{p x }}")), "b"))
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": whole, "y": alone}, header="h"))


def made_by_a_filter(docxtpl: Any, place: Path) -> None:
    """A filter of the program makes rich text of a value."""
    import jinja2

    environment = jinja2.Environment()
    environment.filters["warn"] = lambda value: docxtpl.R(value, color="ff0000")
    environment.globals["bold"] = lambda value: docxtpl.R(value, bold=True)
    body = paragraph("{{r x|warn }}") + paragraph("{{r bold('b') }}")
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": "low"}, jinja_env=environment))


def printed_as_text(docxtpl: Any, place: Path) -> None:
    """What a rich text, a listing is as a string."""
    rich = docxtpl.RichText("a<b", bold=True)
    texts = [
        str(rich),
        rich.xml,
        rich.__html__(),
        str(docxtpl.Listing("<\n&>")),
        docxtpl.Listing(7).xml,
    ]
    texts += [
        docxtpl.RichText().xml,
        docxtpl.RichText("").xml,
        docxtpl.RP().xml,
        str(docxtpl.RP("x", parastyle="S")),
    ]
    (place / "out.txt").write_text("\n".join(texts), encoding="utf-8")
