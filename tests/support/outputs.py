"""Audit every document that a test makes: what openxml-audit finds in it, it found in its template.

For the long run only (``make test-slow`` sets ``GOVDOCS_AUDIT``): a document costs up to a second.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govdocs import template
from govdocs.compat.docxtpl import DocxTemplate
from govdocs.errors import GovdocsError
from govdocs.opc import Package
from govdocs.template import Document, Template
from tests.support.auditing import audit, new_findings

ROOMS = ("binding", "charts", "cli", "compat", "docx", "extract", "forms", "templates", "xlsx")
"""The folders of tests whose documents are audited; others make packages of odds and ends."""

ACCEPTED = {
    "compat": (
        "not in stylesWithEffects",  # as docxtpl writes it, and as its parts are compared with ours
        "Invalid png payload",  # the program puts in what is no picture
    )
}
"""What is found in the documents of a room and is not ours to mend."""

MOST = 40
"""How many documents of one test are audited: properties make hundreds of a kind."""


def watch(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, bytes]]:
    """Note each document that is filled or saved from now on, as template and outcome."""
    made: list[tuple[bytes, bytes]] = []
    fill, join, save = template.fill_all, Template.fill_all, DocxTemplate.save

    def note(given: bytes, outcome: bytes) -> None:
        if len(made) < MOST and given and (given, outcome) not in made:
            made.append((given, outcome))

    def fill_all(templates: list[Template], *rest: Any, **named: Any) -> list[Document]:
        documents = fill(templates, *rest, **named)
        for one, document in zip(templates, documents, strict=True):
            note(bytes(one._package), bytes(document))
        return documents

    def fill_records(one: Template, *rest: Any, **named: Any) -> Document:
        document = join(one, *rest, **named)
        note(bytes(one._package), bytes(document))
        return document

    def save_as(one: DocxTemplate, filename: Any, *rest: Any, **named: Any) -> None:
        save(one, filename, *rest, **named)
        note(_read(one.template_file), _read(filename))

    monkeypatch.setattr(template, "fill_all", fill_all)
    monkeypatch.setattr(Template, "fill_all", fill_records)
    monkeypatch.setattr(DocxTemplate, "save", save_as)
    return made


def _read(file: Any) -> bytes:
    if isinstance(file, (str, os.PathLike)):
        return Path(file).read_bytes()
    return file.getvalue() if isinstance(file, io.BytesIO) else b""


def findings(made: list[tuple[bytes, bytes]], room: str = "") -> Iterator[str]:
    """Yield what is found in the outcomes and not in their templates."""
    for number, (given, outcome) in enumerate(made, 1):
        kind = _kind(outcome)
        for one in _compare(given, outcome, kind) if kind else ():
            if not any(accepted in one for accepted in ACCEPTED.get(room, ())):
                yield f"document {number}: {one}"


def _kind(outcome: bytes) -> str:
    """Name the ending that such a file has; none for a file that no reader takes."""
    try:
        package = Package.open(outcome)
    except GovdocsError:
        return ""
    is_macro = "macroenabled" in package.content_type(package.main).lower()
    return f"{package.kind[:-1]}m" if is_macro else package.kind


def _compare(source: bytes, outcome: bytes, kind: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        made, given = Path(folder) / f"made.{kind}", Path(folder) / f"given.{kind}"
        made.write_bytes(outcome)
        given.write_bytes(source)
        try:
            audit(given)
        except Exception:  # noqa: BLE001 - a template that the validator itself stumbles over
            return []
        return new_findings(made, given)
