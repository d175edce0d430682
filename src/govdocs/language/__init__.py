"""Floor 3: the template language: tags, blocks, names, the sandbox, programs.

One language for Word and Excel. This room knows neither: it gets texts and gives back tags; it gets
a source and gives back a program. Jinja2 lives here and nowhere else.
"""

from govdocs.language.blocks import Block, Fault, pair
from govdocs.language.environment import Sandbox, make_environment
from govdocs.language.fields import Field, collect_fields, json_schema
from govdocs.language.mentions import Mentions, find_mentions
from govdocs.language.missing import NULL, Absent
from govdocs.language.program import Placed, Program, Source, Variable, check_tag, nearest
from govdocs.language.rendering import Missing, Rendering, current, rendering
from govdocs.language.tags import Broken, Tag, may_hold_tag, scan, unescape

__all__ = [
    "NULL",
    "Absent",
    "Block",
    "Broken",
    "Fault",
    "Field",
    "Mentions",
    "Missing",
    "Placed",
    "Program",
    "Rendering",
    "Sandbox",
    "Source",
    "Tag",
    "Variable",
    "check_tag",
    "collect_fields",
    "current",
    "find_mentions",
    "json_schema",
    "make_environment",
    "may_hold_tag",
    "nearest",
    "pair",
    "rendering",
    "scan",
    "unescape",
]
