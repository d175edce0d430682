"""Audit every package that a test makes: what openxml-audit finds in it, it found in its template.

For the long run only (``make test-slow`` sets ``GOVDOCS_AUDIT``): a document costs up to a second.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govdocs.compat.docxtpl import DocxTemplate
from govdocs.errors import GovdocsError
from govdocs.opc import Draft, Package
from govdocs.opc.records import assemble
from tests.support.auditing import audit, new_findings

ROOMS = ("binding", "charts", "cli", "compat", "docx", "extract", "forms", "templates", "xlsx")
"""The folders of tests whose documents are audited; others make packages of odds and ends."""

MOST = 40
"""How many documents of one test are audited: properties make hundreds of a kind."""


def watch(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, bytes]]:
    """Note each package that is written from now on, as template and outcome."""
    made: list[tuple[bytes, bytes]] = []
    seen: set[bytes] = set()
    write, save = Draft.to_bytes, DocxTemplate.save

    def note(template: bytes, outcome: bytes) -> None:
        if len(made) < MOST and template and outcome not in seen:
            seen.add(outcome)
            made.append((template, outcome))

    def to_bytes(draft: Draft) -> bytes:
        outcome = write(draft)
        note(b"".join(assemble(iter(draft._archive.records.values()))), outcome)
        return outcome

    def save_as(template: DocxTemplate, filename: Any, *args: Any, **kwargs: Any) -> None:
        save(template, filename, *args, **kwargs)
        note(_read(template.template_file), _read(filename))

    monkeypatch.setattr(Draft, "to_bytes", to_bytes)
    monkeypatch.setattr(DocxTemplate, "save", save_as)
    return made


def _read(file: Any) -> bytes:
    if isinstance(file, (str, os.PathLike)):
        return Path(file).read_bytes()
    return file.getvalue() if isinstance(file, io.BytesIO) else b""


def findings(made: list[tuple[bytes, bytes]]) -> Iterator[str]:
    """Yield what is found in the outcomes and not in their templates."""
    for number, (template, outcome) in enumerate(made, 1):
        kind = _kind(outcome)
        if kind:
            yield from (f"document {number}: {one}" for one in _compare(template, outcome, kind))


def _kind(outcome: bytes) -> str:
    """Name the ending that such a file has; none for a file that no reader takes."""
    try:
        package = Package.open(outcome)
    except GovdocsError:
        return ""
    is_macro = "macroenabled" in package.content_type(package.main).lower()
    return f"{package.kind[:-1]}m" if is_macro else package.kind


def _compare(template: bytes, outcome: bytes, kind: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        made, given = Path(folder) / f"made.{kind}", Path(folder) / f"given.{kind}"
        made.write_bytes(outcome)
        given.write_bytes(template)
        try:
            audit(given)
        except Exception:  # noqa: BLE001 - a template that the validator itself stumbles over
            return []
        return new_findings(made, given)
