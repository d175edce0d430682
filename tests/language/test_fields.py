"""Which names a template asks for: paths, kinds, what may be missing."""

import jsonschema
import pytest

from govdocs.language import Field, collect_fields, json_schema
from tests.support.texts import make_program


def fields(*texts: str) -> list[Field]:
    """Collect the fields of texts."""
    return list(collect_fields([make_program(*texts)]))


def kinds(*texts: str) -> dict[str, str]:
    """Collect name and kind of the fields; a question mark says optional."""
    return {one.name + "?" * one.optional: one.kind for one in fields(*texts)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a }}", {"a": "value"}),
        ("{{ 单位.名称 }}", {"单位.名称": "value"}),
        ("{{ a['b'].c }}", {"a.b.c": "value"}),
        ("{{ a[0].b }}", {"a[].b": "value"}),
        ("{{ a + 1 }}{{ b|round }}{{ c|大写 }}", {"a": "number", "b": "number", "c": "number"}),
        ("{{ a|date }}{{ b|中文日期 }}", {"a": "date", "b": "date"}),
        ("{% if a %}{% endif %}", {"a": "flag"}),
        ("{% if a > 3 %}{% endif %}", {"a": "number"}),
        ("{% if 3 < a %}{% endif %}", {"a": "number"}),
        ("{% if a == 'x' %}{% endif %}", {"a": "value"}),
        ("{% for x in xs %}{{ x }}{% endfor %}", {"xs": "list", "xs[]": "value"}),
        (
            "{% for x in xs %}{{ x.a }}{{ loop.index }}{% endfor %}",
            {"xs": "list", "xs[].a": "value"},
        ),
        ("{% for x in xs|sort %}{{ x.a }}{% endfor %}", {"xs": "list", "xs[].a": "value"}),
        ("{% for x in xs[:3] %}{{ x.a }}{% endfor %}", {"xs": "list", "xs[].a": "value"}),
        ("{% for k, v in d.items() %}{{ v }}{% endfor %}", {"d": "object"}),
        (
            (
                "{% for g in xs|groupby('k') %}{{ g.grouper }}{% for x in g.list %}{{ x.a }}"
                "{% endfor %}{% endfor %}"
            ),
            {"xs": "list", "xs[].k": "value", "xs[].a": "value"},
        ),
        (
            "{% for x in xs %}{% for y in x.ys %}{{ y.a }}{% endfor %}{% endfor %}",
            {"xs": "list", "xs[].ys": "list", "xs[].ys[].a": "value"},
        ),
        ("{% set b = a.b %}{{ b.c }}", {"a.b.c": "value"}),
        ("{% set b = a + 1 %}{{ b }}", {"a": "number"}),
        ("{% with b = a %}{{ b.c }}{% endwith %}", {"a.c": "value"}),
        ("{% macro m(x) %}{{ x }}{{ y }}{% endmacro %}{{ m(a) }}", {"y": "value", "a": "value"}),
        ("{{ a|default('-') }}", {"a?": "value"}),
        ("{% if a is defined %}{{ a.b }}{% endif %}", {"a?": "flag", "a.b?": "value"}),
        ("{{ a if a is defined else b }}", {"a?": "value", "b": "value"}),
        ("{% if a is defined and a > 3 %}{% endif %}", {"a?": "number"}),
        ("{{ a|default('-') }}{{ a }}", {"a": "value"}),
        ("{{ range(3)|join }}{{ namespace() }}", {}),
        ("{{ xs|join('、') }}{{ ys|length }}", {"xs": "list", "ys": "value"}),
    ],
)
def test_names_are_found_with_kind_and_need(text: str, expected: dict[str, str]) -> None:
    """Found in the syntax, not by running it."""
    assert kinds(text) == expected


def test_places_are_listed_in_document_order() -> None:
    """A name that is used twice is one field with two places."""
    [field] = fields("{{ a }}", "no tag", "{{ a|upper }}")
    assert [(place.spot, place.tag) for place in field.places] == [
        ((("p", 1),), "{{ a }}"),
        ((("p", 3),), "{{ a|upper }}"),
    ]


def test_mended_spelling_is_noted() -> None:
    """``fields`` says which tags were typed by an input method."""
    assert [one.notes for one in fields("｛｛ a ｝｝{% if b == “x” %}{% endif %}")] == [
        ("full_width",),
        ("curly_quotes",),
    ]


def test_field_is_plain_json_data() -> None:
    """Other programs read it."""
    [field] = fields("{{ a.b }}")
    assert field.as_dict() == {
        "name": "a.b",
        "kind": "value",
        "optional": False,
        "notes": [],
        "places": [{"part": "text", "spot": [["p", 1]], "tag": "{{ a.b }}"}],
    }


def test_schema_describes_the_data() -> None:
    """A JSON Schema that a validator takes, and that good data satisfy."""
    schema = json_schema(
        fields(
            "{{ a.n + 1 }}{{ a.d|date }}{{ a.t|d('') }}{% for x in xs %}{{ x.y[0] }}{% endfor %}"
        )
    )
    assert schema == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "a": {
                "type": "object",
                "properties": {
                    "n": {"type": "number"},
                    "d": {"type": "string", "format": "date"},
                    "t": {},
                },
                "required": ["n", "d"],
            },
            "xs": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"y": {"type": "array", "items": {}}},
                    "required": ["y"],
                },
            },
        },
        "required": ["a", "xs"],
    }
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"a": {"n": 1, "d": "2019-01-24"}, "xs": [{"y": [1]}]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"a": {"n": "1", "d": ""}, "xs": []}, schema)
