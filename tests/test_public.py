"""What is public is what ``govdocs/__init__.py`` names; other software relies on it."""

import subprocess
import sys

import pytest

import govdocs

PUBLIC = {
    "Break",
    "Chart",
    "DataError",
    "Document",
    "Field",
    "Finding",
    "FormError",
    "GovdocsError",
    "Html",
    "Image",
    "Limits",
    "Link",
    "Listing",
    "Markdown",
    "OfficeForm",
    "PackageError",
    "Place",
    "Problem",
    "ReadData",
    "RichText",
    "RichTextParagraph",
    "Seal",
    "Subdocument",
    "Template",
    "TemplateError",
    "UsageError",
    "fill",
    "fill_all",
    "form",
    "load_data",
}


def test_public_names_are_these() -> None:
    """A name is added on purpose, and taken away only with a new version."""
    assert set(govdocs.__all__) == PUBLIC
    assert dir(govdocs) == govdocs.__all__


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_name_can_be_had(name: str) -> None:
    """Every name is there when it is asked for."""
    assert callable(getattr(govdocs, name))


def test_name_that_is_not_public_is_an_attribute_error() -> None:
    """``govdocs.nothing`` fails as for any module."""
    with pytest.raises(AttributeError, match="module 'govdocs' has no attribute 'nothing'"):
        _ = govdocs.nothing


def test_star_import_gives_the_public_names() -> None:
    """``from govdocs import *`` works though everything is imported late."""
    program = f"from govdocs import *; print([n for n in {sorted(PUBLIC)} if n not in globals()])"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
