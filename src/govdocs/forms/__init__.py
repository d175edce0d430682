"""Floor 3: statutory forms as data, and their arithmetic.

A form file says what a form asks: its tables, labels, units, relations, deadline. This room checks
a dict against a form, completes its totals, drafts next year's, adds offices up, finds figures in
a grid of texts by their labels, and holds prose against the figures. It knows no XML and no cells,
opens no document, and computes in exact decimals only.
"""

from govdocs.forms.figures import Block, Figure, Heading, Table
from govdocs.forms.findings import Finding
from govdocs.forms.form import Deadline, Form, Jump
from govdocs.forms.grids import Cell, Grid, Spot
from govdocs.forms.loading import form_ids, form_of_year, load_form
from govdocs.forms.matches import Matches, Unfound
from govdocs.forms.matching import LabelFinder, match_labels
from govdocs.forms.merging import Merged
from govdocs.forms.relations import Relation, Term

__all__ = [
    "Block",
    "Cell",
    "Deadline",
    "Figure",
    "Finding",
    "Form",
    "Grid",
    "Heading",
    "Jump",
    "LabelFinder",
    "Matches",
    "Merged",
    "Relation",
    "Spot",
    "Table",
    "Term",
    "Unfound",
    "form_ids",
    "form_of_year",
    "load_form",
    "match_labels",
]
