"""Any template of docxtpl's features gives what docxtpl gives."""

from random import Random
from typing import Any

import docxtpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govdocs.compat.docxtpl as ours
from tests.compat.differences import undeclared_differences
from tests.compat.generating import Chance, context_for
from tests.compat.samples import render


def differences_of(content: bytes) -> str:
    """Render a template with both and compare."""

    def filled(module: Any) -> bytes:
        return render(module, content, context_for)

    return undeclared_differences(filled(ours), filled(docxtpl))


@pytest.mark.parametrize("seed", range(12))
def test_template_by_chance_gives_what_docxtpl_gives(seed: int) -> None:
    """The same parts, for a few templates that are always the same."""
    assert differences_of(Chance(Random(seed)).template()) == ""


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_template_gives_what_docxtpl_gives(random: Random) -> None:
    """The same parts, for templates that differ in each run."""
    assert differences_of(Chance(random).template()) == ""
