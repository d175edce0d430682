"""The form: everything a statutory form says of itself, and what can be done with it.

A Form is made by :func:`govdocs.forms.load_form` and never changes. It knows its figures by key
and by label; it never opens a document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from govdocs.errors import Place
from govdocs.errors.problem import Severity
from govdocs.forms.audit import check_data
from govdocs.forms.drafts import make_blank, make_draft
from govdocs.forms.figures import Figure, Table
from govdocs.forms.findings import Finding
from govdocs.forms.merging import Merged, merge
from govdocs.forms.prose.audit import check_prose
from govdocs.forms.prose.rules import ProseRule
from govdocs.forms.readings import Number, size_of
from govdocs.forms.relations import Relation
from govdocs.forms.totals import complete

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Month and day of the following year by which the report must be out: ``01-31``."""

    department: str
    government: str
    source: str


@dataclass(frozen=True, slots=True)
class Jump:
    """When a figure is said to jump: ``factor`` times last year's and ``least`` away from it."""

    factor: Decimal
    least: Decimal
    severity: Severity
    source: str

    def is_met(self, now: Number, before: Number) -> bool:
        """Tell whether a figure that was ``before`` and is ``now`` has jumped."""
        small, great = sorted((size_of(now), size_of(before)))
        return great - small >= self.least and great >= small * self.factor


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form.

    Attributes:
        first_year: the first report year for which it is the form.
        last_year: the last one; None while it is in force.
        figures: every figure, in printed order.
        sections: the titles that the report must have, in order; empty if none are prescribed.
        facts: the parts of the dict that stand beside ``stats`` and that a blank dict has.
        severities: code to severity, where an overlay changed it.
        by_key: the figures by their keys.
        heads: the keys under ``stats`` that hold figures and are none: ``t3``, ``t3.granted``.
        names: what the figures are called in sentences, by their keys.
        extends: the ids of the forms that it was made from by overlays, itself not among them.
    """

    id: str
    title: str
    first_year: int
    last_year: int | None
    source: str
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    prose: tuple[ProseRule, ...]
    sections: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    deadline: Deadline | None = None
    jump: Jump | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    by_key: Mapping[str, Figure] = field(default_factory=dict, repr=False)
    heads: frozenset[str] = field(default=frozenset(), repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    extends: tuple[str, ...] = ()

    def check(
        self,
        data: Data,
        last_year: Data | None = None,
        today: date | None = None,
        places: Mapping[str, Place] | None = None,
    ) -> list[Finding]:
        """Check a dict against everything that the form asks of it.

        Args:
            data: the dict, figures under ``stats``; it is never changed and never refused.
            last_year: last year's dict, for what must agree across the years; where it is not
                given, what the dict itself keeps under ``last_year``, as a draft does.
            today: when the report is not dated yet, the day that is held against the deadline.
            places: where the keys stand in the file they were read from.
        """
        return check_data(self, data, last_year, today, places or {})

    def check_prose(
        self,
        paragraphs: Sequence[str],
        data: Data | None = None,
        year: int | None = None,
        places: Sequence[Place] | None = None,
    ) -> list[Finding]:
        """Check the sentences of a report against its figures, its year and official writing.

        Args:
            paragraphs: the plain text, in order; empty paragraphs count.
            data: the dict of the report; without figures the sentences are held against each
                other only.
            year: the report year; taken from the dict or the title where it is not given.
            places: where each paragraph is in its file.
        """
        return check_prose(self, paragraphs, data, year, places)

    def complete(self, data: Data) -> tuple[dict[str, Any], list[str]]:
        """Compute the totals that are absent; a total that is given is never overwritten.

        Returns:
            A copy of the dict with the totals, and the keys that were computed.
        """
        return complete(self, data)

    def blank(self) -> dict[str, Any]:
        """Make the dict of the form with nothing filled in: every value is None."""
        return make_blank(self)

    def draft(self, last_year: Data, year: int) -> dict[str, Any]:
        """Make the dict of ``year`` from last year's.

        Year words are moved on, the carry-over and what lasts are kept; figures, prose and dates
        are left open (None). Last year's figures stand under ``last_year``; what was done with
        each value is told under ``draft``.
        """
        return make_draft(self, last_year, year)

    def merge(
        self,
        children: Sequence[Data],
        parent: Data | None = None,
        expected: Sequence[str] = (),
        own: Data | None = None,
    ) -> Merged:
        """Add up the dicts of offices into the dict of the one above them (汇总).

        Args:
            children: one dict for each office.
            parent: the dict that the office above has handed in itself, to be checked.
            expected: the names of the offices that should be among the children.
            own: the figures of the office above itself, added to the children's.

        Returns:
            The parent's dict; its findings and the table of who contributed what are attributes.
        """
        return merge(self, children, parent, expected, own)
