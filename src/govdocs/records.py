"""Many records in one document: each fills the template, and what comes out is joined."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from govdocs.document import Document
from govdocs.errors import DataError, Place, Problem
from govdocs.errors.problem import merge_problems
from govdocs.opc import Package


def fill_records(
    fill: Callable[[Mapping[str, Any]], Document], records: list[Mapping[str, Any]], kind: str
) -> Document:
    """Fill once for each record, and join the outcome into one document.

    Args:
        fill: fills the template.
        records: the data.
        kind: of the break between two: ``page`` or ``section``.

    Raises:
        DataError: the faults of all records, keyed ``[number].name``.
    """
    from govdocs.docx.writing.records import join_records

    if not records:
        raise DataError.of("data.no_records")
    filled: list[Document] = []
    problems: list[Problem] = []
    for number, record in enumerate(records):
        try:
            filled.append(fill(record))
        except DataError as error:
            problems += [_of_record(one, number) for one in error.problems]
    if problems:
        raise DataError(problems)
    draft = join_records([Package(bytes(one)) for one in filled], kind)
    notes = merge_problems(note for one in filled for note in one.notes)
    return Document("docx", draft.to_bytes(), notes)


def _of_record(problem: Problem, number: int) -> Problem:
    """Say of which record a problem is."""
    places = problem.places or (Place(),)
    keyed = tuple(replace(one, key=f"[{number}].{one.key}".rstrip(".")) for one in places)
    return replace(problem, places=keyed)
