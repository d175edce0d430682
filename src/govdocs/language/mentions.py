"""Which names one tag mentions and which it sets, told from the tag alone.

For engines that have to know whether a tag has anything to do with another. This module follows no
name to what it stands for.
"""

from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from govdocs.language.environment import Sandbox
from govdocs.language.program import alone
from govdocs.language.tags import Tag


class Mentions(NamedTuple):
    """The names in a tag: those that it reads, and those that it sets."""

    read: frozenset[str]
    set: frozenset[str]


def find_mentions(environment: Sandbox, tag: Tag) -> Mentions:
    """Find the names in a tag; none in one that is at fault, which is told elsewhere."""
    nothing = Mentions(frozenset(), frozenset())
    if tag.kind == "comment" or not tag.body or tag.word.startswith("end") or tag.word == "else":
        return nothing
    try:
        tree = environment.parse(alone(tag))
    except TemplateSyntaxError:
        return nothing
    names = list(tree.find_all(nodes.Name))
    return Mentions(
        frozenset(one.name for one in names if one.ctx == "load"),
        frozenset(one.name for one in names if one.ctx != "load"),
    )
