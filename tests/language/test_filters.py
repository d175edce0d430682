"""The own filters, by their English and Chinese names, as a template uses them."""

from datetime import date

import pytest

from govdocs.language.filters import OWN
from tests.support.texts import Outcome, fill_text


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ day|date }}", "2019年1月24日"),
        ("{{ '2019-01-24'|日期 }}", "2019年1月24日"),
        ("{{ day|cn_date }}", "二〇一九年一月二十四日"),
        ("{{ day|中文日期 }}", "二〇一九年一月二十四日"),
        ("{{ 12|cn_number }}", "十二"),
        ("{{ 1|item_number }}", "一是"),
        ("{{ 1|level }}{{ 1|level(2) }}{{ 1|level3 }}{{ 1|level4 }}", "一、（一）1.（1）"),
        ("{{ 1200|rmb }}", "壹仟贰佰元整"),
        ("{{ 1200|大写 }}", "壹仟贰佰元整"),
        ("{{ 1234567|thousands }}", "1,234,567"),
        ("{{ 2.345|fixed }}", "2.35"),
        ("{{ 2|fixed(1) }}", "2.0"),
        ("{{ 2.25|round(1) }} {{ 0.5|round|int }} {{ '3.456'|round(2) }}", "2.3 1 3.46"),
        ("{{ 2.21|round(1, 'ceil') }} {{ 2.29|round(1, 'floor') }}", "2.3 2.2"),
    ],
)
def test_filters_print_as_official_documents_do(tag: str, text: str) -> None:
    """GB/T 9704 and GB/T 15835 say how."""
    assert fill_text(tag, {"day": date(2019, 1, 24)}) == Outcome(text)


@pytest.mark.parametrize("name", sorted(OWN))
def test_missing_value_goes_through_every_filter(name: str) -> None:
    """A missing figure is told as missing, never counted as zero."""
    outcome = fill_text(f"{{{{ a|{name} }}}}")
    assert outcome.missing == ("a",)
    assert outcome.failed == ()


@pytest.mark.parametrize("name", ["date", "cn_date", "cn_number", "rmb", "thousands", "fixed"])
def test_unfit_value_is_told_with_its_tag(name: str) -> None:
    """A text that is no number or date is a fault of the data."""
    [code] = fill_text(f"{{{{ '若干'|{name} }}}}").failed
    assert code.startswith("value.")


@pytest.mark.parametrize(
    ("chinese", "english"), [("万元", "wan"), ("亿元", "yi"), ("占比", "share")]
)
def test_chinese_names_are_the_same_filters(chinese: str, english: str) -> None:
    """Clerks use their own word."""
    assert OWN[chinese] is OWN[english]
