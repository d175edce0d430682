"""What it costs to take a difference between template and file for an edit of a person.

One scale for all: a sure reading costs next to nothing (below :data:`EDIT`), and whatever is
reported as an edit costs at least :data:`EDIT`.
"""

EDIT = 10**13
CHANGED, ADDED, REMOVED = 20 * EDIT, 14 * EDIT, 22 * EDIT
"""A character of the template that was changed, added, removed."""
LIGHT = 4 * EDIT
"""A space or a mark that was changed, added or removed."""
PER_CHARACTER = EDIT // 2
"""A character of a value, where the anchors around it were edited."""
MISFIT = 30 * EDIT
"""A value that its form cannot have printed."""

FREE = 2
"""A character of a value that may be anything: text of the template says more."""
PASS = 1
"""A pass of a loop: one that shows nothing is not believed in."""
UNANCHORED = 6 * EDIT
"""A unit that is all value, in a file that was edited: rather one of the template's, if mended."""
EMPTY = 1000
"""A value that is empty."""
SWALLOWED = 100_000
"""A value that holds the text that ends it."""
UNNATURAL = 10_000
"""A cut between two values at no natural place."""
UNBALANCED = 1_000_000
"""A value that begins outside of brackets and ends inside, or the other way."""
SHORTER = 1
"""A value that could have been longer."""

BLANK_UNIT = 5 * EDIT
EXTRA_UNIT = 40 * EDIT
EXTRA_CHARACTER = 2 * EDIT
LOST_UNIT = 40 * EDIT
LOST_VALUE = 120 * EDIT
LOST_CHARACTER = 10 * EDIT
EXTRA_CELL = 6 * EDIT


def is_sure(cost: int) -> bool:
    """Tell whether a reading met no edit."""
    return cost < EDIT


def tolerance(static: int) -> int:
    """How much may be edited in a unit of so many characters of the template: two in five."""
    return 8 * static * EDIT + 24 * EDIT
