"""Figures that keep to every relation, made up by Hypothesis, and an oracle for the relations.

The oracle is written out by hand from the notes on the forms and shares nothing with the form
files: it tells which relations a dict breaks, and where.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from govdocs.forms import load_form

Stats = dict[str, Any]
Broken = set[tuple[str, str]]
"""Code of a relation and the column or row in which it is broken."""


def _words(text: str) -> list[str]:
    return text.split()


SUMS_2014 = {
    "E1": _words(
        "requests_received requests_in_person requests_fax requests_online requests_letter"
    ),
    "E2": _words("requests_closed closed_on_time closed_extended"),
    "E4": _words(
        "reply_denied denied_state_secret denied_trade_secret denied_privacy"
        " denied_security_stability denied_not_government_info denied_other_legal"
    ),
    "E3": _words(
        "replies_total reply_already_public reply_granted reply_partially_granted reply_denied"
        " reply_not_this_agency reply_not_exist reply_supplement_required reply_other_channels"
    ),
    "E5": _words(
        "reconsideration_total reconsideration_upheld reconsideration_corrected"
        " reconsideration_other"
    ),
    "E6": _words("litigation_total litigation_upheld litigation_corrected litigation_other"),
    "E7": _words("staff_total staff_full_time staff_part_time"),
}
"""A total and its parts; the parts of E3 hold the total of E4, which is worked out before."""

LIMITS_2014 = {
    "C1": ("proactive_normative_docs", "proactive_total"),
    "C3": ("press_conferences_by_head", "press_conferences"),
    "C4": ("online_interviews_by_head", "online_interviews"),
}
COLUMNS = (
    "natural_person",
    "commercial",
    "research",
    "public_welfare",
    "legal_services",
    "other_org",
)
RESULTS = _words(
    "granted partially_granted denied_state_secret denied_law_forbidden denied_security_stability"
    " denied_third_party denied_internal_affairs denied_process_info denied_enforcement_file"
    " denied_admin_query unable_not_held unable_needs_creation unable_still_unclear"
    " refused_petition refused_repeat refused_publication refused_excessive"
    " refused_confirm_reissue"
)
OTHER = {
    "disclosure-2019": ["other_handling"],
    "disclosure-2021": ["other_no_correction", "other_fee_unpaid", "other_misc"],
}
GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
OUTCOMES = ("upheld", "corrected", "other", "pending")

counts = st.integers(min_value=0, max_value=9999)
amounts = st.decimals(min_value=0, max_value=99999, places=2)


def broken_relations(form: str, stats: Stats) -> Broken:
    """Tell which relations of error severity a dict breaks."""
    return set(_broken_2014(stats) if form == "disclosure-2014" else _broken_later(form, stats))


def _broken_2014(stats: Stats) -> Iterator[tuple[str, str]]:
    for code, (total, *parts) in SUMS_2014.items():
        if stats[total] != sum(stats[part] for part in parts):
            yield code, ""
    for code, (part, whole) in LIMITS_2014.items():
        if stats[part] > stats[whole]:
            yield code, ""


def _broken_later(form: str, stats: Stats) -> Iterator[tuple[str, str]]:
    t3, t4 = stats["t3"], stats["t4"]
    results = [*RESULTS, *OTHER[form]]
    for column in (*COLUMNS, "total"):
        received = t3["new_received"][column] + t3["carried_in"][column]
        if received != t3["result_total"][column] + t3["carried_out"][column]:
            yield "R1", column
        if t3["result_total"][column] != sum(t3[row][column] for row in results):
            yield "R2", column
    for row, cells in t3.items():
        if cells["total"] != sum(cells[column] for column in COLUMNS):
            yield "R3", row
    for group in GROUPS:
        if t4[group]["total"] != sum(t4[group][name] for name in OUTCOMES):
            yield "R4", group


@st.composite
def valid_stats(draw: st.DrawFn, form: str) -> Stats:
    """Make up figures that keep to every relation of error severity."""
    return draw(_stats_2014() if form == "disclosure-2014" else _stats_later(form))


@st.composite
def _stats_2014(draw: st.DrawFn) -> Stats:
    form = load_form("disclosure-2014")
    stats: Stats = {
        figure.key: draw(amounts if figure.type == "amount" else counts) for figure in form.figures
    }
    for total, *parts in SUMS_2014.values():
        stats[total] = sum(stats[part] for part in parts)
    for part, whole in LIMITS_2014.values():
        stats[part] = min(stats[part], stats[whole])
    return stats


@st.composite
def _stats_later(draw: st.DrawFn, form: str) -> Stats:
    results = [*RESULTS, *OTHER[form]]
    cells: dict[str, dict[str, int]] = {
        row: {column: draw(counts) for column in COLUMNS} for row in results
    }
    cells["result_total"] = {c: sum(cells[row][c] for row in results) for c in COLUMNS}
    cells["carried_out"] = {c: draw(counts) for c in COLUMNS}
    cells["carried_in"] = {}
    cells["new_received"] = {}
    for column in COLUMNS:
        whole = cells["result_total"][column] + cells["carried_out"][column]
        cells["carried_in"][column] = draw(st.integers(0, whole))
        cells["new_received"][column] = whole - cells["carried_in"][column]
    for row in cells.values():
        row["total"] = sum(row[column] for column in COLUMNS)
    disputes = {}
    for group in GROUPS:
        disputes[group] = {name: draw(counts) for name in OUTCOMES}
        disputes[group]["total"] = sum(disputes[group].values())
    return {"t2": draw(_table_two(form)), "t3": cells, "t4": disputes}


@st.composite
def _table_two(draw: st.DrawFn, form: str) -> dict[str, int | Decimal]:
    figures = [figure for figure in load_form(form).figures if figure.table == "t2"]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "count": counts,
        "amount": amounts,
        "change": st.integers(-999, 999),
    }
    return {figure.key.removeprefix("t2."): draw(kinds[figure.type]) for figure in figures}
