"""Ask openxml-audit what is wrong with a file."""

import re
from functools import cache
from pathlib import Path

from openxml_audit import OpenXmlValidator


@cache
def _validator() -> OpenXmlValidator:
    """Make the validator once: it reads its schemas for more than a second."""
    return OpenXmlValidator(max_errors=0)


def audit(path: Path) -> list[str]:
    """List the findings in a file, one line each: ``[kind] part:xpath: what``."""
    result = _validator().validate(str(path))
    assert result.is_valid or result.errors
    return [str(error) for error in result.errors]


def audit_against(path: Path, template: Path) -> list[str]:
    """List the findings in ``path`` that its template does not have, however often repeated.

    A loop repeats what it stands around, findings included: they are compared without the place.
    """
    return _beyond(audit(path), audit(template))


def _beyond(found: list[str], known: list[str]) -> list[str]:
    without = {_without_place(finding) for finding in known}
    return [finding for finding in found if _without_place(finding) not in without]


def new_findings(path: Path, template: Path) -> list[str]:
    """Do as :func:`audit_against`, and look again with a validator that has seen nothing yet.

    One that has seen other files mixes up their parts now and then.
    """
    if not audit_against(path, template):
        return []
    _validator.cache_clear()
    known = audit(template)
    _validator.cache_clear()
    return _beyond(audit(path), known)


def _without_place(finding: str) -> str:
    kind, _, rest = finding.partition("] ")
    place, _, sentence = rest.partition(": ")
    sentence = re.sub(r"\bhas \d+ ", "has some ", sentence)  # a loop makes more of them
    # a copy of a part has a number of its own
    return re.sub(r"\d+(?=\.\w)", "", f"{kind}] {place.partition(':')[0]}: {sentence}")
