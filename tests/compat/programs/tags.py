# ruff: noqa: E501 - a template's paragraph fits on a line

"""What docxtpl's documentation says of tags, comments, joined lines and escapes."""

import io
from pathlib import Path
from typing import Any

from tests.compat.samples import make, paragraph, save
from tests.compat.typing_hand import box, grid, lines, typed

BOLD = "<w:rPr><w:b/></w:rPr>"
ITALIC = "<w:rPr><w:i/></w:rPr>"


def fill(docxtpl: Any, body: str, context: Any, header: str = "", **options: Any) -> bytes:
    """Open, render, save: what most programs are."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(body, header)))
    template.render(context(template) if callable(context) else context, **options)
    return save(template)


def letter(docxtpl: Any, place: Path) -> None:
    """Fill one template for each of three people."""
    body = lines(
        "Dear {{ person.title }} {{ person.name }},",
        "",
        "your bill of {{ amount }} is due on {{ date }}.",
        "Yours, {{ sender|upper }}",
    )
    (place / "letter.docx").write_bytes(make(body, header="{{ sender }}"))
    for number, name in enumerate(("Ada", "张三", "O’Neil")):
        template = docxtpl.DocxTemplate(str(place / "letter.docx"))
        template.render(
            {
                "person": {"title": "Dr", "name": name},
                "amount": 12.5,
                "date": "2019-01-24",
                "sender": "office",
            }
        )
        template.save(place / f"letter{number}.docx")


def paragraphs_on_condition(docxtpl: Any, place: Path) -> None:
    """Show paragraphs, or not, with elif and else and one inside the other."""
    body = lines(
        *(
            "{%p if kind == 'a' %}",
            "A {{ x }}",
            "{%p elif kind == 'b' %}",
            "B",
            "{%p if x %}",
            "B with x",
        ),
        *("{%p endif %}", "{%p else %}", "neither", "{%p endif %}", "end"),
    )
    for kind in "abc":
        for x in (0, 7):
            (place / f"{kind}{x}.docx").write_bytes(fill(docxtpl, body, {"kind": kind, "x": x}))


def loops_in_loops(docxtpl: Any, place: Path) -> None:
    """Loop over paragraphs in paragraphs, with loop's own variables, else and break-like filters."""
    body = lines(
        *("{%p for group in groups %}", "{{ loop.index }}. {{ group.name }} ({{ loop.length }})"),
        *(
            "{%p for item in group.items_ if item != 'skip' %}",
            "\t{{ loop.index0 }}: {{ item }}{% if not loop.last %};{% else %}.{% endif %}",
        ),
        *("{%p else %}", "nothing in {{ group.name }}", "{%p endfor %}", "{%p endfor %}", "end"),
    )
    groups = [{"name": "水果", "items_": ["梨", "skip", "桃"]}, {"name": "无", "items_": []}]
    (place / "groups.docx").write_bytes(fill(docxtpl, body, {"groups": groups}))
    (place / "none.docx").write_bytes(fill(docxtpl, body, {"groups": []}))


def runs_on_condition(docxtpl: Any, place: Path) -> None:
    """Show a run with its format, or another."""
    tags = [
        f"<w:r><w:t>{one}</w:t></w:r>" for one in ("{%r if x %}", "{%r else %}", "{%r endif %}")
    ]
    shown = [
        f"<w:r>{look}<w:t>{text}</w:t></w:r>"
        for look, text in ((BOLD, "bold {{ x }}"), (ITALIC, "italic"))
    ]
    body = f'<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r>{tags[0]}{shown[0]}{tags[1]}{shown[1]}{tags[2]}<w:r><w:t>.</w:t></w:r></w:p>'
    for x in (0, 1):
        (place / f"{x}.docx").write_bytes(fill(docxtpl, body, {"x": x}))


def run_loop(docxtpl: Any, place: Path) -> None:
    """Repeat a run."""
    runs = ("{%r for i in x %}", "<{{ i }}>", "{%r endfor %}")
    body = (
        "<w:p>"
        + "".join(
            f'<w:r>{BOLD}<w:t xml:space="preserve">{one.replace("<", "&lt;").replace(">", "&gt;")}</w:t></w:r>'
            for one in runs
        )
        + "</w:p>"
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": [1, 2, 3]}))


def inline_conditions(docxtpl: Any, place: Path) -> None:
    """Steer inside one paragraph, in runs of different formats."""
    body = (
        typed(
            "We have {% if n == 0 %}no apples{% elif n == 1 %}one apple{% else %}{{ n }} apples{% endif %} today."
        )
        + f'<w:p><w:r><w:t xml:space="preserve">a {{% if n %}}</w:t></w:r><w:r>{BOLD}<w:t>yes {{{{ n }}}}</w:t></w:r><w:r><w:t xml:space="preserve">{{% else %}}no{{% endif %}} b</w:t></w:r></w:p>'
        + typed("{% for i in range(n) %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}")
    )
    for n in (0, 1, 3):
        (place / f"{n}.docx").write_bytes(fill(docxtpl, body, {"n": n}))


def comments(docxtpl: Any, place: Path) -> None:
    """Leave out what is said to the template's authors only."""
    body = lines(
        "{# inline #}text {# more #} here", "{#p a paragraph of it #}", "kept", "{#p a #} beside"
    )
    rows = grid(
        ("a", "b"), ("{#tr a row of it #}", "c"), ("{#tc a cell #}", "d"), ("e {# f #}", "g")
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body + rows, {}, header="{# h #}head"))


def joined_lines(docxtpl: Any, place: Path) -> None:
    """Write a sentence over several lines, each condition on its own."""
    house = (
        "My house is located",
        "{%- if living_in_town -%}",
        "\xa0in urban area",
        "{%- else -%}",
        "\xa0in countryside",
        "{%- endif -%}",
        "\xa0and I love it.",
    )
    broken = "<w:p><w:r><w:t>one</w:t></w:r><w:r><w:br/><w:t>{%- if living_in_town -%}</w:t></w:r><w:r><w:br/><w:t>\xa0two</w:t></w:r><w:r><w:br/><w:t>{%- endif -%}</w:t></w:r><w:r><w:br/><w:t>\xa0three</w:t></w:r></w:p>"
    loop = ("List:", "{%- for i in l -%}", "\xa0{{ i }}", "{%- endfor -%}", ".")
    inside = grid((box(*house), box(*loop)))
    for town in (True, False):
        body = lines(*house) + broken + lines(*loop) + inside
        (place / f"{town}.docx").write_bytes(
            fill(docxtpl, body, {"living_in_town": town, "l": "abc"})
        )


def escapes(docxtpl: Any, place: Path) -> None:
    """Show delimiters that are no tags."""
    body = lines(
        "Write {_{ name }_} for a value, {_% if x %_} to choose.",
        "{_{}_}",
        "{{ x }}{_{ x }_}{{ x }}",
    )
    body += paragraph("{% raw %}{{ kept }} {% if %}{% endraw %}")
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": 1}, header="{_{ h }_}"))


def quotes_as_typed(docxtpl: Any, place: Path) -> None:
    """Curly quotes in a tag are quotes; outside of tags they stay."""
    body = lines(
        "“{{ d[‘key’] }}” and ‘{{ d[“key”] }}’",
        "{% if d.key == “value” %}same{% endif %}",
        "{{ d.none|default(‘-’) }}",
        "{{ l|join(“、”) }}",
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"d": {"key": "value"}, "l": ["a", "b"]}))


def language_of_jinja(docxtpl: Any, place: Path) -> None:
    """Sets, macros, filters, tests, arithmetic, calls, slices, dictionaries."""
    body = lines(
        "{% set total = namespace(value=0) %}{% for x in prices %}{% set total.value = total.value + x %}{% endfor %}{{ total.value }}",
        "{% macro field(name, unit='m') %}{{ name }} [{{ unit }}]{% endmacro %}{{ field('length') }} {{ field('mass', unit='kg') }}",
        "{{ prices|sum }} {{ prices|first }} {{ prices|sort(reverse=True)|join(' ') }} {{ prices|map('string')|join('+') }}",
        "{{ 7 // 2 }} {{ 2 ** 3 }} {{ 1.0 / 4 }} {{ -3|abs }} {{ 'a' ~ 1 }} {{ 'x' if prices else 'y' }} {{ 10 % 3 }}",
        "{{ name.upper() }} {{ name[1:3] }} {{ name|title }} {{ name|replace('a', 'o') }} {{ name|length }} {{ name|truncate(3, True, '') }}",
        "{% for k, v in pairs.items() %}{{ k }}={{ v }} {% endfor %}{{ pairs|dictsort }} {{ 'k' in pairs }}",
        "{{ 3.14159|round(2) }} {{ '%05.1f' % 2.5 }} {{ '{:,}'.format(1234567) }} {{ none_ is none }} {{ x is defined }}",
        "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %} {% filter upper %}shout {{ name }}{% endfilter %}",
        "{% set block %}captured {{ name }}{% endset %}{{ block }}{{ block }}",
        "{% for row in prices|batch(2) %}{{ row|join(',') }}|{% endfor %} {% for i in prices %}{{ loop.cycle('o', 'e') }}{{ loop.revindex }}{% endfor %}",
        "{% for a in [1, 2] %}{% for b in [3, 4] %}{{ a * b }} {% endfor %}{% endfor %}{{ [1, 2]|tojson }} {{ caller is undefined }}",
    )
    context = {"prices": [3, 1, 2], "name": "banana", "pairs": {"k": 1, "j": [2]}, "none_": None}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def values_as_they_print(docxtpl: Any, place: Path) -> None:
    """None, truth, numbers, lists, dates, objects with a text of their own, what is missing."""
    import datetime as dt
    import decimal
    import fractions
    import uuid

    class Person:
        name = "Ann"

        def __str__(self) -> str:
            return "Ann and Co"

        def greet(self, word: str = "hi") -> str:
            return f"{word} {self.name}"

    body = lines(
        *(f"{one}: {{{{ {one} }}}}" for one in "abcdefghijk"),
        "{{ p.name }} {{ p.greet() }} {{ p.greet('yo') }}",
        "{{ missing }}{{ p.missing }}|",
    )
    values = (None, True, 1, 1.50, decimal.Decimal("1.50"), [1, "a"], {"k": (1, 2)}, dt.date(2019, 1, 24), dt.datetime(2019, 1, 24, 8, 5, tzinfo=dt.UTC), fractions.Fraction(1, 3), uuid.UUID(int=5))  # fmt: skip
    context = {**dict(zip("abcdefghijk", values, strict=True)), "p": Person()}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def control_characters(docxtpl: Any, place: Path) -> None:
    """New lines, paragraphs, tabs and pages in values, wherever a value may stand."""
    style = '<w:pPr><w:pStyle w:val="ListBullet"/><w:jc w:val="right"/></w:pPr>'
    body = (
        typed("before {{ x }} after", BOLD, style)
        + typed("{{ x }}{{ y }}", ITALIC)
        + grid(("{{ x }}", "{{ y }}"), ("a {{ x }} b", "c"))
        + lines("{% for i in l %}{{ i }}{% endfor %}", "{{ l|join('\\n') }}", "{{ x|upper }}")
    )
    context = {"x": "one\ntwo\tthree\afour\ffive", "y": "\t \n", "l": ["a\n", "b\a", "c"]}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context, header="{{ y }}h"))


def listings(docxtpl: Any, place: Path) -> None:
    """Text with any characters, lines and paragraphs, in the tag's own format."""
    code = "if a < b && c > d:\n\tprint('\"x\"')\a# end & done\fnext"
    body = (
        typed("Listing: {{ code }}", BOLD)
        + grid(("{{ code }}", "{{ number }}"))
        + typed("{{ empty }}|")
    )
    context = {
        "code": docxtpl.Listing(code),
        "number": docxtpl.Listing(5),
        "empty": docxtpl.Listing(""),
    }
    (place / "out.docx").write_bytes(fill(docxtpl, body, context, header="{{ number }}"))


def escaped_values(docxtpl: Any, place: Path) -> None:
    """Characters of markup: by filter, by the program, by rich text, by a listing."""
    from html import escape

    text = "<b>R&D</b> 'x' \"y\" > z"
    body = (
        lines("{{ x|e }}", "{{ y }}", "{{ z }}", "{{ x|e }}{{ y }}")
        + "<w:p><w:r><w:t>{{r r }}</w:t></w:r></w:p>"
        + grid(("{{ x|escape }}", "{{ y }}"))
    )
    context = {"x": text, "y": escape(text), "z": docxtpl.Listing(text), "r": docxtpl.R(text)}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def escaped_by_itself(docxtpl: Any, place: Path) -> None:
    """autoescape=True: texts are escaped, what is markup is not; filters and loops too."""
    from markupsafe import Markup

    body = (
        lines(
            "{{ x }}",
            "{{ x|upper }}",
            "{% for i in l %}{{ i }}, {% endfor %}",
            "{{ m }}",
            "{{ z }}",
            "{{ x ~ l[0] }}",
            "{{ l|join(' + ') }}",
        )
        + "<w:p><w:r><w:t>{{r r }}</w:t></w:r></w:p>"
    )
    context = {
        "x": "a < b & c > d \"e\" 'f'",
        "l": ["<", "&"],
        "m": Markup("1 &lt; 2"),
        "z": docxtpl.Listing("<&>\n2"),
        "r": docxtpl.R("<&>", bold=True),
    }
    (place / "out.docx").write_bytes(
        fill(docxtpl, body, context, header="{{ x }}", autoescape=True)
    )


def spaces_kept(docxtpl: Any, place: Path) -> None:
    """Spaces at the ends of texts, tabs by rich text: Word 2016 drops them elsewhere."""
    body = (
        lines("{{ gap }}spaces", "{{ tabs }}tab", "  {{ x }}  ", "{% if x %}  in  {% endif %}")
        + paragraph("{{r gap_r }}", " Spaces will be preserved")
        + paragraph("{{r tabs_r }}", " Tabs will be displayed")
    )
    context = {
        "gap": "     ",
        "tabs": "\t\t\t",
        "x": " v ",
        "gap_r": docxtpl.RichText("          "),
        "tabs_r": docxtpl.RichText(5 * "\t"),
    }
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))
