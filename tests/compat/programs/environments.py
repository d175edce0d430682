# ruff: noqa: E501 - a template's paragraph fits on a line
"""Environments of a program's own, with all that Jinja offers: extensions, loaders, translations."""

from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension

from tests.compat.programs.tags import fill
from tests.compat.samples import paragraph
from tests.compat.typing_hand import lines


class Shout(Extension):
    """``{% shout "text" %}`` and ``{% framed %}...{% endframed %}``."""

    tags = {"shout", "framed"}  # noqa: RUF012 - as Jinja has it

    def parse(self, parser: Any) -> Any:
        """Read either tag."""
        token = next(parser.stream)
        if token.value == "shout":
            call = self.call_method("_shout", [parser.parse_expression()])
            return nodes.Output([call]).set_lineno(token.lineno)
        body = parser.parse_statements(("name:endframed",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_frame"), [], [], body).set_lineno(token.lineno)

    def _shout(self, text: str) -> str:
        return f"{text.upper()}!"

    def _frame(self, caller: Any) -> str:
        return f"[{caller()}]"


def own_tags(docxtpl: Any, place: Path) -> None:
    """Statements that an extension reads, alone and as a block."""
    body = lines("{% shout 'hey' %} {% framed %}in {{ x }}{% endframed %}", "{% shout x %}")
    environment = jinja2.Environment(extensions=[Shout])
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": "y"}, jinja_env=environment))


def translations(docxtpl: Any, place: Path) -> None:
    """Texts that are translated, with names in them and a plural."""
    environment: Any = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    german = {"Hello %(x)s": "Hallo %(x)s", "Bye": "Tschüs"}
    environment.install_gettext_callables(
        lambda text: german.get(text, text), lambda one, many, n: one if n == 1 else many
    )
    body = paragraph("{% trans %}Hello {{ x }}{% endtrans %}, {{ _('Bye') }} {{ x }}")
    body += paragraph("{% trans n=2 %}one{% pluralize %}{{ n }} many{% endtrans %} {{ x }}")
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": "Ada"}, jinja_env=environment))


def loaded_templates(docxtpl: Any, place: Path) -> None:
    """Macros and texts from files beside the document."""
    loader = jinja2.DictLoader({
        "macros.txt": "{% macro field(name, value) %}{{ name }}: {{ value }}{% endmacro %}",
        "address.txt": "{{ name }}\nStreet\t{{ number }}",
    })  # fmt: skip
    body = lines(
        "{% from 'macros.txt' import field %}{{ field('a', name) }}",
        "{% import 'macros.txt' as m %}{{ m.field('b', 2) }}",
        "{% include 'address.txt' %}.",
    )
    environment = jinja2.Environment(loader=loader)
    (place / "out.docx").write_bytes(
        fill(docxtpl, body, {"name": "Ada", "number": 5}, jinja_env=environment)
    )


def escaping_environments(docxtpl: Any, place: Path) -> None:
    """The environment asks for escaping, always or by a rule."""
    body = lines("{{ x }}", "{{ y }}", "{% autoescape false %}{{ 5 }}{% endautoescape %}")
    for name, wanted in (
        ("always", True),
        ("rule", jinja2.select_autoescape(default_for_string=True)),
    ):
        environment = jinja2.Environment(autoescape=wanted)
        content = fill(docxtpl, body, {"x": "&lt;", "y": "<&>"}, jinja_env=environment)
        (place / f"{name}.docx").write_bytes(content)


def asynchronous(docxtpl: Any, place: Path) -> None:
    """An environment that awaits what it calls."""

    async def later() -> str:
        return "later"

    body = lines("{{ later() }} {% for i in l %}{{ i }}{% endfor %}")
    environment = jinja2.Environment(enable_async=True)
    context = {"later": later, "l": [1, 2]}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context, jinja_env=environment))


def constants(docxtpl: Any, place: Path) -> None:
    """What a tag says itself is printed like any value."""
    body = lines("{{ 'a\\nb' }}", "{{ 'x\\ty' ~ 1 }}", "{{ 'p\\aq' }}")
    body += paragraph("{{ '}}' }} {{ '%}' }} {{ {'a': {'b': 2}}.a.b }}")
    (place / "out.docx").write_bytes(fill(docxtpl, body, {}))


def macros(docxtpl: Any, place: Path) -> None:
    """Macros in a line and over paragraphs, calls with a body, loops that call themselves."""
    body = (
        lines("{% macro f() %}[{{ caller() }}]{% endmacro %}{% call f() %}in {{ x }}{% endcall %}")
        + lines("{%p macro g(a) %}", "A {{ a }}", "{%p endmacro %}")
        + paragraph("{{p g(1) }}")
        + lines(
            "{% for i in l recursive %}{{ i.n }}{% if i.c %}({{ loop(i.c) }}){% endif %}{% endfor %}"
        )
        + lines("{%p set a = [1, 2] %}", "{{ a|length }}")
    )
    (place / "out.docx").write_bytes(
        fill(docxtpl, body, {"x": "y", "l": [{"n": 1, "c": [{"n": 2}]}]})
    )


def tags_over_lines(docxtpl: Any, place: Path) -> None:
    """A tag or a comment that was typed over the end of a paragraph."""
    body = (
        paragraph("a{# x") + paragraph("y #}b") + paragraph("{{ x") + paragraph("}}c") + lines("d")
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"x": 1}))
