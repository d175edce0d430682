"""The sandbox: data are data, whatever they look like, and templates reach nothing else."""

import math
import re
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.texts import Outcome, fill_text


class Person:
    """An object among the data."""

    name = "张三"
    _secret = "42"

    def shout(self) -> str:
        """Not for templates."""
        return "!"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ [['']]|map(attribute='0.__class__')|list }}",
        "{{ '{0.__class__.__mro__}'.format('') }}",
        "{{ '%s'.__mod__ }}",
        "{{ range.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ namespace.__init__ }}",
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
        "{{ (x for x in []).gi_frame }}",
        "{{ person._secret }}",
        "{{ person.shout() }}",
        "{{ person.__class__() }}",
        "{{ function() }}",
        "{{ [person]|map('attr', '__class__')|list }}",
        "{{ xs.append(1) }}",
        "{{ d.update({'a': 2}) }}",
        "{{ d.clear() }}",
        "{{ self.__init__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ (1).to_bytes.__self__.__class__ }}",
    ],
)
def test_template_reaches_no_code(tag: str) -> None:
    """Every way out of the data is a fault of the template, and runs nothing."""
    data = {"person": Person(), "function": print, "xs": [1], "d": {"a": 1}}
    try:
        outcome = fill_text(tag, data)
    except Exception as error:  # noqa: BLE001 - a syntax error is as good a refusal
        assert type(error).__name__ == "TemplateError"  # noqa: PT017
        return
    assert outcome.failed or outcome.missing
    assert not re.search("<(class|function|built-in|bound|module|frame)", outcome.text)
    assert data["xs"] == [1]
    assert data["d"] == {"a": 1}


@pytest.mark.parametrize("tag", ["{{ person.shout() }}", "{{ function() }}", "{{ xs.append(1) }}"])
def test_forbidden_call_is_told_as_one(tag: str) -> None:
    """The fault says that templates only read."""
    assert fill_text(tag, {"person": Person(), "function": print, "xs": []}).failed == (
        "template.forbidden",
    )


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ d.items }}", "7"),
        ("{{ d['items'] }}", "7"),
        ("{% for k, v in d.items() %}{{ k }}{% endfor %}", "items"),
        ("{{ person.name }}{{ person['name'] }}", "张三张三"),
        ("{{ space.a }}", "1"),
        ("{{ 'ab'.upper() }}{{ d.get('x', 0) }}{{ 'a,b'.split(',')|length }}", "AB02"),
        ("{{ [3, 1]|sort|join }}", "13"),
    ],
)
def test_data_are_asked_before_methods(tag: str, text: str) -> None:
    """A key named like a method is the key; methods of plain values can be called."""
    data = {"d": {"items": 7}, "person": Person(), "space": SimpleNamespace(a=1)}
    assert fill_text(tag, data) == Outcome(text)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("{{ d.items }}", "d.items"),
        ("{{ d['values'] }}", "d.values"),
        ("{% if d.keys %}{% endif %}", "d.keys"),
        ("{% for x in s.title %}{% endfor %}", "s.title"),
        ("{{ xs.count + 1 }}", "xs.count"),
    ],
)
def test_method_that_is_not_called_is_a_missing_name(tag: str, name: str) -> None:
    """Python's methods never stand in for a key that the data do not have."""
    assert fill_text(tag, {"d": {}, "s": "a", "xs": []}).missing == (name,)


def test_programs_hand_in_functions_constants_and_modules() -> None:
    """What came as ``globals`` may be called, methods of it too."""
    counter = SimpleNamespace(next=lambda: 5)
    text = "{{ double(2) }}{{ pi }}{{ math.floor(2.5) }}"
    assert fill_text(text, double=lambda x: 2 * x, pi=3, math=math) == Outcome("432")
    assert fill_text("{{ counter.next() }}", counter=counter).failed == ("template.forbidden",)


def test_bound_method_of_an_object_that_was_handed_in_may_be_called() -> None:
    """The program trusts the object, so the template may use it."""
    assert fill_text("{{ person.shout() }}", person=Person()) == Outcome("!")


def test_value_is_never_evaluated() -> None:
    """What looks like a tag, a format or a macro in the data is text."""
    hostile = "{{ 1+1 }}{% if x %}\x01 x \x02{0.__class__}%s"
    assert fill_text("{{ a }}{{ a|upper|lower }}", {"a": hostile}).text.count("{{ 1+1 }}") == 2


@pytest.mark.parametrize(("tag", "text"), [("{{ a|e }}", "A&B"), ("{{ a|safe|escape }}", "A&B")])
def test_escaping_by_hand_changes_nothing(tag: str, text: str) -> None:
    """Values are escaped where they land, once, however often a template asks for it."""
    assert fill_text(tag, {"a": "A&B"}).text == text.replace("&", "&amp;")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{% for x in xs %}{{ loop.index }}/{{ loop.length }},{% endfor %}", "1/2,2/2,"),
        ("{% for x in xs %}{{ x }}{{ '、' if not loop.last }}{% endfor %}", "1、2"),
        ("{% for x in xs %}{% else %}none{% endfor %}", ""),
        ("{% for x in [] %}{% else %}none{% endfor %}", "none"),
        ("{% for x in xs if x > 1 %}{{ x }}{% endfor %}", "2"),
        ("{% for x in xs %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}", "1"),
        ("{% for a, b in [[1, 2]] %}{{ a }}{{ b }}{% endfor %}", "12"),
        ("{% for x in xs %}{{ loop.cycle('a', 'b') }}{% endfor %}", "ab"),
        ("{% set a, b = 1, 2 %}{{ a }}{{ b }}", "12"),
        ("{% with a = 1 %}{{ a }}{% endwith %}", "1"),
        ("{% if a is defined %}a{% elif xs %}b{% else %}c{% endif %}", "b"),
        ("{% if false %}a{% elif false %}b{% else %}c{% endif %}", "c"),
        ("{% if false %}a{% endif %}", ""),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}", "1213"),
        (
            "{% set s=namespace(n=0) %}{% for x in xs %}{% set s.n=s.n+x %}{% endfor %}{{ s.n }}",
            "3",
        ),
        ("{% do xs|sort %}{{ xs|sum }}", "3"),
        ("{{ '甲' if xs else '乙' }}{{ not xs }}{{ 1 in xs }}", "甲FalseTrue"),
        ("{{ xs[0] }}{{ xs[-1] }}{{ xs[:1]|length }}{{ {'a': 1}['a'] }}", "1211"),
        ("{{ rows|groupby('k')|length }}{{ rows|map(attribute='v')|sum }}", "23"),
        ("{% for k, g in rows|groupby('k') %}{{ k }}{{ g|length }}{% endfor %}", "a1b1"),
        ("{{ rows|selectattr('v', 'gt', 1)|list|length }}", "1"),
        ("{{ 1 if 2 is even and 3 is odd }}", "1"),
    ],
)
def test_jinja_works_as_its_users_know_it(text: str, printed: str) -> None:
    """Loops, conditions, macros, namespaces, filters and tests."""
    rows: list[dict[str, Any]] = [{"k": "a", "v": 1}, {"k": "b", "v": 2}]
    assert fill_text(text, {"xs": [1, 2], "rows": rows}) == Outcome(printed)


def test_long_chain_of_conditions_is_no_deeper_than_one() -> None:
    """A province for each branch: more branches than Python may indent."""
    chain = "{% if x == 0 %}0" + "".join(f"{{% elif x == {n} %}}{n}" for n in range(1, 150))
    assert fill_text(chain + "{% endif %}", {"x": 149}) == Outcome("149")
