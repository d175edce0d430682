# ruff: noqa: E501 - a template's paragraph fits on a line

"""The template object: rendered often, asked for its names, edited before and after, subclassed."""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import jinja2
import jinja2.meta
from docx.shared import Mm

from tests.compat.programs.tags import fill
from tests.compat.samples import make, paragraph, save
from tests.compat.typing_hand import grid, lines
from tests.values.pictures import png

BODY = lines("{{ a }}", "{% if b %}{{ b }}{% endif %}") + grid(
    ("{%tr for i in l %}", ""), ("{{ i }}", "x"), ("{%tr endfor %}", "")
)


def often(docxtpl: Any, place: Path) -> None:
    """One object, many renderings, saved each time; pictures and subdocuments made anew."""
    (place / "template.docx").write_bytes(
        make(BODY + lines("{{ image }}") + paragraph("{{p sub }}"), header="{{ a }} {{ image }}")
    )
    template = docxtpl.DocxTemplate(place / "template.docx")
    for number in range(3):
        sub = template.new_subdoc()
        sub.add_paragraph(f"sub {number}")
        image = docxtpl.InlineImage(template, io.BytesIO(png(2 + number, 2)), width=Mm(4))
        template.render(
            {"a": number, "b": number % 2, "l": range(number + 1), "image": image, "sub": sub}
        )
        template.save(place / f"{number}.docx")


def saved_often(docxtpl: Any, place: Path) -> None:
    """Saved twice after a rendering, saved without one, rendered after it was saved."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(BODY)))
    template.save(place / "unrendered.docx")
    template.render({"a": 1, "l": [1]})
    template.save(place / "first.docx")
    template.save(str(place / "second.docx"))
    template.render({"a": 2, "l": ["<"]}, autoescape=True)
    with (place / "third.docx").open("wb") as file:
        template.save(file)


def flags(docxtpl: Any, place: Path) -> None:
    """What the object says of itself, step by step."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(BODY)))
    told = [template.docx, template.is_rendered, template.is_saved, template.allow_missing_pics]
    told += [
        template.crc_to_new_media,
        template.crc_to_new_embedded,
        template.zipname_to_replace,
        template.pics_to_replace,
    ]
    template.init_docx()
    told += [type(template.docx).__name__, template.is_rendered]
    template.render({"a": 1, "l": []})
    told += [
        template.is_rendered,
        template.is_saved,
        template.docx_ids_index,
        template.pic_map,
        template.get_pic_map(),
    ]
    template.save(io.BytesIO())
    told += [template.is_rendered, template.is_saved, template.HEADER_URI, template.FOOTER_URI]
    (place / "out.txt").write_text("\n".join(map(str, told)))


def names(docxtpl: Any, place: Path) -> None:
    """What a template asks for: before rendering, after it, less a context, with an environment."""
    environment = jinja2.Environment()
    environment.filters["shout"] = str.upper
    environment.globals["known"] = 1
    body = lines(
        "{{ a.b }} {{ a['c'] }} {{ known }}",
        "{%p for i in items %}",
        "{{ i }} {{ loop.index }} {{ outer }}",
        "{%p endfor %}",
        "{% set own = 1 %}{{ own }}",
        "{{ x|shout }}",
    ) + grid(
        ("{%tr for r in rows %}", ""), ("{{ r.c }}", "{% cellbg colour %}y"), ("{%tr endfor %}", "")
    )

    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[
            0
        ].text = "{{ foot }}{% for k, v in d.items() %}{{ k }}{% endfor %}"

    template = docxtpl.DocxTemplate(io.BytesIO(make(body, "{{ head }}", change)))
    told = [template.get_undeclared_template_variables(environment)]
    told.append(
        template.get_undeclared_template_variables(
            jinja_env=environment, context={"a": 1, "rows": []}
        )
    )
    template.render({"a": {"b": 1}, "x": "x", "rows": [{}], "d": {}}, environment)
    told.append(template.get_undeclared_template_variables(environment, {"head": 1, "other": 2}))
    plain = docxtpl.DocxTemplate(io.BytesIO(make(BODY, "{{ head }}")))
    told.append(plain.get_undeclared_template_variables(context={}))
    (place / "out.json").write_text(json.dumps([sorted(one) for one in told]))


def edited_before(docxtpl: Any, place: Path) -> None:
    """python-docx adds tags to the template before it is rendered."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(BODY)))
    document = template.get_docx()
    document.add_paragraph("added {{ a }}").add_run(" {{ b }}").bold = True
    document.sections[0].footer.paragraphs[0].text = "foot {{ a }}"
    template.docx.core_properties.title = "{{ a }}"
    template.render({"a": "A", "b": "B", "l": "xy"})
    (place / "out.docx").write_bytes(save(template))


def edited_after(docxtpl: Any, place: Path) -> None:
    """python-docx goes on with what was rendered; the template hands its methods through."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(BODY, header="{{ a }}")))
    template.render({"a": "A", "l": "xy"})
    template.add_heading("Appendix", 1)
    template.docx.add_paragraph("by hand", style="List Bullet")
    template.docx.tables[0].cell(0, 0).paragraphs[0].add_run(" changed")
    template.paragraphs[0].insert_paragraph_before("first")
    template.sections[0].left_margin = Mm(30)
    told = [
        len(template.paragraphs),
        len(template.tables),
        len(template.docx.inline_shapes),
        template.core_properties.author,
    ]
    (place / "out.docx").write_bytes(save(template))
    (place / "out.txt").write_text("\n".join(map(str, told)))


def own_environment(docxtpl: Any, place: Path) -> None:
    """Filters, functions, tests, extensions, undefined names of the program's own."""

    class Blank(jinja2.Undefined):
        def __str__(self) -> str:
            return f"<{self._undefined_name}>".replace("<", "[").replace(">", "]")

    environment = jinja2.Environment(
        undefined=Blank, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]
    )
    environment.filters["multiply_by"] = lambda value, by: value * by
    environment.filters["sub"] = jinja2.pass_context(
        lambda context, value: f"{value}{context['x']}"
    )
    environment.globals["today"] = lambda: "2019-01-24"
    environment.tests["short"] = lambda value: len(value) < 3
    body = lines(
        *(
            "{{ price|multiply_by(0.5) }} {{ today() }} {{ missing }} {{ 'ab' is short }} {{ 'p'|sub }}",
        ),
        *(
            "{% do l.append(4) %}{{ l }}{% for i in l %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}",
        ),
    )
    (place / "out.docx").write_bytes(
        fill(docxtpl, body, {"price": 5.0, "l": [1, 2, 3], "x": "v"}, jinja_env=environment)
    )
    (place / "positional.docx").write_bytes(_positional(docxtpl, body, environment))


def _positional(docxtpl: Any, body: str, environment: jinja2.Environment) -> bytes:
    template = docxtpl.DocxTemplate(io.BytesIO(make(body)))
    template.render({"price": 1, "l": [], "x": ""}, environment, True)
    return save(template)


def other_delimiters(docxtpl: Any, place: Path) -> None:
    """An environment with delimiters of its own; one that finalizes and trims."""
    square = jinja2.Environment(
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )
    body = paragraph("[[ a ]] {{ a }} [% if a %]yes[% endif %] [# c #]x")
    (place / "square.docx").write_bytes(fill(docxtpl, body, {"a": 1}, jinja_env=square))
    final = jinja2.Environment(
        finalize=lambda value: "-" if value is None else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    (place / "final.docx").write_bytes(
        fill(
            docxtpl,
            lines("{{ a }} {{ b }}", "{% if b %} x {% endif %}"),
            {"a": None, "b": 1},
            jinja_env=final,
        )
    )


def strict_names(docxtpl: Any, place: Path) -> None:
    """With StrictUndefined a missing name raises, and the file is not touched."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    for name, body in (
        ("name", "{{ missing }}"),
        ("attribute", "{{ a.missing }}"),
        ("loop", "{% for i in missing %}{% endfor %}"),
    ):
        template = docxtpl.DocxTemplate(io.BytesIO(make(lines(body))))
        try:
            template.render({"a": {}}, environment)
        except jinja2.UndefinedError as error:
            (place / f"{name}.txt").write_text(f"{type(error).__name__} {error.message}")
        template.save(place / f"{name}.docx")


def failing(docxtpl: Any, place: Path) -> None:
    """What a program catches: kinds of errors, and the text around."""
    cases = {
        "syntax": "{% if %}",
        "unclosed": "{% if a %}",
        "unknown": "{% foo %}",
        "filter": "{{ a|nofilter }}",
        "zero": "{{ 1 / 0 }}",
        "kind": "{{ 1 + 'a' }}",
        "call": "{{ a() }}",
    }
    told = []
    for name, tag in cases.items():
        template = docxtpl.DocxTemplate(io.BytesIO(make(lines("one", "two", tag, "four"))))
        try:
            template.render({"a": 1})
        except jinja2.TemplateError as error:
            near = [*getattr(error, "docx_context", ())]
            told.append(
                f"{name}: {isinstance(error, jinja2.TemplateSyntaxError)} {tag in near} {'one' in near}"
            )
        except Exception as error:  # noqa: BLE001 - its kind is what is compared
            told.append(f"{name}: {type(error).__name__} {error}")
        template.save(place / f"{name}.docx")
    (place / "out.txt").write_text("\n".join(told))


def failing_in_the_header(docxtpl: Any, place: Path) -> None:
    """A rendering that fails halfway leaves the template as it was."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(lines("{{ a }}"), header="{{ 1 / 0 }}")))
    with contextlib.suppress(ZeroDivisionError):
        template.render({"a": "filled"})
    template.save(place / "out.docx")


def step_by_step(docxtpl: Any, place: Path) -> None:
    """A program calls the steps itself."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(BODY, header="{{ a }}")))
    template.render_init()
    context = {"a": "A\nB", "b": "<", "l": [1, 2]}
    context["b"] = "b"
    xml = template.build_xml(context)
    tree = template.fix_tables(xml)
    template.fix_docpr_ids(tree)
    template.map_tree(tree)
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for key, content in template.build_headers_footers_xml(context, uri):
            template.map_headers_footers_xml(key, content)
    template.render_properties(context)
    template.render_footnotes(context)
    template.is_rendered = True
    (place / "out.docx").write_bytes(save(template))
    parts = [
        template.get_part_xml(part) for _, part in template.get_headers_footers(template.HEADER_URI)
    ]
    (place / "out.txt").write_text(
        f"{len(parts)} {'A' in parts[0]} {template.get_headers_footers_encoding('<x/>')}"
    )


def markup_of_the_body(docxtpl: Any, place: Path) -> None:
    """The body as text, into a file, and made into a template of Jinja's that names are read from."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(BODY)))
    template.init_docx()
    xml = template.get_xml()
    template.write_xml(str(place / "body.txt"))
    patched = template.patch_xml(xml)
    found = sorted(jinja2.meta.find_undeclared_variables(jinja2.Environment().parse(patched)))
    tags = re.findall(r"{%\s*(.*?)\s*%}|{{\s*(.*?)\s*}}", patched)
    (place / "out.txt").write_text(
        f"{xml.startswith('<w:body')} {found} {tags} {template.xml_to_string(template.docx.element.body) == xml}"
    )


def listing_resolved(docxtpl: Any, place: Path) -> None:
    """Markup with control characters, made into Word's elements."""
    template = docxtpl.DocxTemplate(io.BytesIO(make("")))
    xml = '<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="end"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">a\nb\tc\ad\fe</w:t></w:r></w:p></w:body>'
    (place / "out.txt").write_text(template.resolve_listing(xml))


def sources(docxtpl: Any, place: Path) -> None:
    """From a path, a Path, a buffer, an open file; to a path, a Path, a buffer, an open file."""
    (place / "template.docx").write_bytes(make(BODY))
    path = place / "template.docx"
    with path.open("rb") as file:
        for number, source in enumerate((str(path), path, io.BytesIO(path.read_bytes()), file)):
            template = docxtpl.DocxTemplate(source)
            template.render({"a": number, "l": [1]})
            template.save((str, Path)[number % 2](place / f"{number}.docx"))
            buffer = io.BytesIO()
            template.save(buffer)
            (place / f"{number}b.docx").write_bytes(buffer.getvalue())
            with (place / f"{number}c.docx").open("wb") as target:
                template.save(target)


def no_such_file(docxtpl: Any, place: Path) -> None:
    """A template that is not there is told when it is opened, not before."""
    told = []
    for source in (str(place / "none.docx"), place / "none.docx"):
        template = docxtpl.DocxTemplate(source)
        for step in (template.init_docx, lambda one=template: one.render({}), template.get_docx):
            try:
                step()
            except Exception as error:  # noqa: BLE001 - its kind is what is compared
                told.append(type(error).__name__)
    (place / "out.txt").write_text(" ".join(told))


def data_of_json(docxtpl: Any, place: Path) -> None:
    """Nested data as json reads it."""
    data = json.loads(
        '{"a": {"b": [1, {"c": null}], "d": true, "e": 1.5e3, "f": "文"}, "l": [], "n": 0}'
    )
    body = lines(
        "{{ a.b[0] }} {{ a.b[1].c }} {{ a.d }} {{ a.e }} {{ a.f }} {{ l }} {{ n }}",
        "{% if not l %}empty{% endif %}{% if n == 0 %}zero{% endif %}",
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, data))


def opened_with_python_docx(docxtpl: Any, place: Path) -> None:
    """What was saved is a document: it is opened, and is a template again."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(lines("{{ a }} {_{ b }_}"))))
    template.render({"a": 1})
    template.save(place / "first.docx")
    assert docx.Document(str(place / "first.docx")).paragraphs[0].text == "1 {{ b }}"
    again = docxtpl.DocxTemplate(place / "first.docx")
    again.render({"b": 2})
    again.save(place / "second.docx")
