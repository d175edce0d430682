"""Filters of installed packages: found where there are any, and cheap where there are none."""

import subprocess
import sys
from pathlib import Path

import pytest

from govdocs.language import offered


@pytest.mark.parametrize("folder", ["a-1.dist-info", "a.egg-info", "a-1.egg/EGG-INFO"])
def test_filters_of_an_installed_package_are_found(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that is there when the first template is compiled offers its filters."""
    declared = tmp_path / folder / "entry_points.txt"
    declared.parent.mkdir(parents=True)
    declared.write_text("[govdocs.filters]\nroot = math:sqrt\n", encoding="utf-8")
    (declared.parent / "METADATA").write_text("Name: a\nVersion: 1\n", encoding="utf-8")
    (declared.parent / "PKG-INFO").write_text("Name: a\nVersion: 1\n", encoding="utf-8")
    assert offered._may_offer([str(tmp_path)])
    if folder.endswith("-info"):
        monkeypatch.syspath_prepend(tmp_path)
        found = offered.installed_filters.__wrapped__()
        assert found["root"](9) == 3


def test_nothing_is_read_of_packages_that_offer_no_filters(tmp_path: Path) -> None:
    """Neither the library's reader of entry points nor what it needs is imported for that."""
    program = (
        "import sys; from govdocs.language.offered import installed_filters as found;"
        "heavy = ('importlib.metadata', 'email');"
        "print(dict(found()), [one for one in heavy if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "{} []"
    assert not offered._may_offer([str(tmp_path), str(tmp_path / "missing")])


def test_archive_on_the_path_is_asked(tmp_path: Path) -> None:
    """What packages are in an archive is not seen from outside."""
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"PK")
    assert offered._may_offer([str(archive)])
