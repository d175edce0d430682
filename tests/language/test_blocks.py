"""Which tags make one block, and what is said of those that make none."""

from govdocs.language import Block, Fault, pair, scan


def paired(text: str, marks: tuple[str, ...] = ()) -> tuple[list[Block], list[Fault]]:
    """Pair the tags of a text."""
    return pair(scan(text)[0], marks)


def codes(text: str) -> list[tuple[str, int]]:
    """List code and index of each fault."""
    return [(fault.code, fault.index) for fault in paired(text)[1]]


def test_block_has_opening_middle_and_closing_tags() -> None:
    """Positions are those of all tags; what prints does not matter."""
    text = "{% if a %}{{ x }}{% elif b %}{% else %}{% endif %}"
    assert paired(text) == ([Block("if", (0, 2, 3, 4))], [])


def test_blocks_come_outer_before_inner() -> None:
    """An engine lifts the outer block first."""
    blocks, _ = paired(
        "{% for x in y %}{% if a %}{% endif %}{% endfor %}{% with a=1 %}{% endwith %}"
    )
    assert [(block.word, block.open, block.close) for block in blocks] == [
        ("for", 0, 3),
        ("if", 1, 2),
        ("with", 4, 5),
    ]


def test_set_with_a_value_stands_alone_and_set_without_is_a_block() -> None:
    """As in Jinja."""
    assert paired("{% set a = 1 %}{% set b %}{% endset %}")[0] == [Block("set", (1, 2))]


def test_marks_of_an_engine_stand_alone() -> None:
    """``cellbg`` is a statement to Word's engine."""
    assert paired("{% cellbg c %}", ("cellbg",)) == ([], [])


def test_all_faults_are_told_in_document_order() -> None:
    """One look tells of every broken block."""
    text = (
        "{% else %}{% if a %}{% for x in y %}{% endif %}{% endwith %}{% fro x %}{% include 'a' %}"
    )
    assert codes(text) == [
        ("template.unexpected_middle", 0),
        ("template.unclosed_block", 2),
        ("template.unexpected_close", 4),
        ("template.unknown_statement", 5),
        ("template.statement_not_available", 6),
    ]


def test_unclosed_blocks_are_each_told() -> None:
    """Every opening tag that was left open is named."""
    assert codes("{% if a %}{% for x in y %}") == [
        ("template.unclosed_block", 0),
        ("template.unclosed_block", 1),
    ]


def test_unknown_statement_guesses_what_was_meant() -> None:
    """A typing error is met with the nearest word."""
    faults = paired("{% endfro %}{% cellgb x %}", ("cellbg",))[1]
    assert [fault.fields["guess"] for fault in faults] == ["endfor", "cellbg"]


def test_else_belongs_to_the_innermost_block_that_may_have_one() -> None:
    """``else`` inside ``with`` belongs to nobody."""
    assert codes("{% if a %}{% with b=1 %}{% else %}{% endwith %}{% endif %}") == [
        ("template.unexpected_middle", 2)
    ]


def test_break_and_continue_outside_of_a_loop_are_faults() -> None:
    """In a condition inside a loop they are at home."""
    assert codes("{% if a %}{% break %}{% endif %}") == [("template.unexpected_middle", 1)]
    assert codes("{% for x in y %}{% if x %}{% continue %}{% endif %}{% endfor %}") == []
