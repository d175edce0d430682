"""Files that LibreOffice opened and saved: another hand writes every part of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.extract.test_forms import CASES, leaves, sample_of, template_of
from tests.support.libreoffice import LibreOffice


@pytest.mark.slow
@pytest.mark.parametrize(("form", "file"), CASES)
def test_form_saved_by_libreoffice_gives_the_same(
    form: str, file: str, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Every value, from a file whose parts, styles and runs are all LibreOffice's own."""
    template = template_of(form, file)
    filled: Any = template.fill(sample_of(form))
    source = tmp_path / file
    filled.save(source)
    saved = libreoffice.convert(source, source.suffix.removeprefix("."), tmp_path / "saved")
    before, after = template.extract(filled), template.extract(saved)
    lost = [one for one in leaves(before) if one not in list(leaves(after))]
    assert lost == []
    assert [note.code for note in after.notes if note.severity == "warning"] == [
        note.code for note in before.notes if note.severity == "warning"
    ]
