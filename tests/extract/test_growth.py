"""The work grows with the size of a file, whatever stands in it; threads do not meet."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from govdocs import Template
from govdocs.language.inversion.search import find_way
from tests.extract.cases import as_sheet, as_word
from tests.extract.test_forms import CASES, sample_of, template_of


def count_nodes(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> int:
    """Count how many nodes of the search an act looks at."""
    seen = [0]

    def counting(start: Any, end: Any, expand: Any, *rest: Any) -> Any:
        def counted(node: Any) -> Any:
            seen[0] += 1
            return expand(node)

        return find_way(start, end, counted, *rest)

    with monkeypatch.context() as patch:
        patch.setattr("govdocs.language.inversion.texts.find_way", counting)
        patch.setattr("govdocs.language.inversion.units.find_way", counting)
        act()
    return seen[0]


HOSTILE = {
    "the same letter": ("{{ a }}甲{{ b }}甲{{ c }}甲{{ d }}甲", "甲"),
    "loops in loops": (
        "{% for x in xs %}{% for y in x.ys %}{{ y }}甲{% endfor %}乙{% endfor %}",
        "甲乙",
    ),
    "no text between": ("{{ a }}{{ b }}{{ c }}{{ d }}", "甲"),
    "many choices": ("{% if a %}甲{% endif %}{% if b %}甲{% endif %}{{ c }}" * 4, "甲"),
    "digits": ("{{ a|thousands }}{{ b|thousands }}{{ c|thousands }}", "1"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_cost_no_more_than_their_length(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Twice the text: at most about twice the nodes, never their square, nor two to their power."""
    line, letter = HOSTILE[name]
    template = Template(as_word(["一段固定的文字", line]))

    def work(size: int) -> int:
        filled = as_word(["一段固定的文字", letter * size])
        template.extract(filled)
        return count_nodes(monkeypatch, lambda: template.extract(filled))

    small, large = work(200), work(400)
    assert large < 2.5 * small


def test_edited_text_costs_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is nothing like the template's is given up."""
    template = Template(as_word(["甲乙丙丁{{ a }}戊己庚辛{{ b }}壬癸子丑" * 4, "{{ c }}"]))
    text = "丑子癸壬辛庚己戊丁丙乙甲" * 8
    filled = as_word([text, "x"])

    def act() -> None:
        with pytest.raises(Exception, match="other_template"):
            template.extract(filled)

    assert count_nodes(monkeypatch, act) < 100_000


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_rows_cost_the_same_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A loop over rows, 2,000 of them: work in proportion, and all of them come back."""
    lines = ["名单", "{%{} for r in rows %}", "第{{ r.a }}号：{{ r.b }}", "{%{} endfor %}", "完"]
    prefix = "p" if kind == "docx" else "tr"
    lines = [line.replace("{%{}", "{%" + prefix) for line in lines]
    made = as_word(lines) if kind == "docx" else as_sheet([[line] for line in lines])
    template = Template(made)

    def work(size: int) -> int:
        data = {"rows": [{"a": number, "b": f"名{number}"} for number in range(size)]}
        filled = bytes(template.fill(data))
        assert template.extract(filled) == data
        return count_nodes(monkeypatch, lambda: template.extract(filled))

    small, large = work(500), work(2000)
    assert large < 4.5 * small


def test_row_that_was_changed_does_not_make_the_others_dear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One edit in the midst of many rows costs a second look, not one for each pair of rows."""
    lines = ["名单", "{%p for r in rows %}", "第{{ r.a }}号：{{ r.b }}", "{%p endfor %}", "完"]
    template = Template(as_word(lines))

    def work(size: int) -> int:
        texts = [f"第{number}号：名{number}" for number in range(size)]
        texts[size // 2] = texts[size // 2].replace("号：", "号 :")
        filled = as_word(["名单", *texts, "完"])
        assert len(template.extract(filled)["rows"]) == size
        return count_nodes(monkeypatch, lambda: template.extract(filled))

    assert work(800) < 2.5 * work(400)


def test_sixteen_threads_read_with_one_template() -> None:
    """What a template keeps is never changed by reading."""
    work = [
        (template_of(form, file), bytes(template_of(form, file).fill(sample_of(form))))
        for form, file in CASES
    ]
    alone = [template.extract(filled) for template, filled in work]
    fresh = [(Template(bytes(one._package)), filled) for one, filled in work]

    def read(turn: int) -> bool:
        template, filled = fresh[turn % len(fresh)]
        found = template.extract(filled)
        return found == alone[turn % len(fresh)] and (found.notes == alone[turn % len(fresh)].notes)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(read, range(16)))
