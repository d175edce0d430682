"""The wheel is enough: it carries the package with its sentences, templates and samples."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

DATA = ("templates/disclosure-2014/report.docx", "samples/helan-2018.yaml")


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and the source distribution, without the network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    return folder


def test_wheel_holds_every_file_of_the_package(built: Path, root: Path) -> None:
    """No sentence, word list or form file is left behind."""
    source = root / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "govdocs").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert files - set(wheel.namelist()) == set()


def test_installed_wheel_finds_its_templates_and_samples(built: Path, tmp_path: Path) -> None:
    """``govdocs new`` works where there is no checkout."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")
    program = (
        "import govdocs.resources as r, govdocs.cli as c, sys;"
        "print(r.folder('templates'));"
        "sys.exit(c.main(['new', 'disclosure-2014', 'mine']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, 'site'); {program}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.splitlines()[0].endswith("site/govdocs/_data/templates")
    written = {path.name for path in (tmp_path / "mine").iterdir()}
    assert written >= {"report.docx", "statistics.xlsx", "helan-2018.yaml"}


def test_source_distribution_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    """A wheel can be built from the sdist: templates, samples and README are in it."""
    (sdist,) = built.glob("*.tar.gz")
    subprocess.run(["tar", "xzf", str(sdist), "-C", str(tmp_path)], check=True)
    (unpacked,) = tmp_path.iterdir()
    for name in (*DATA, "Makefile", "LICENSE", "tests/conftest.py"):
        assert (unpacked / name).is_file()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", "."],
        cwd=unpacked,
        check=True,
        capture_output=True,
    )
    with (
        zipfile.ZipFile(next(built.glob("*.whl"))) as ours,
        zipfile.ZipFile(next(unpacked.glob("*.whl"))) as theirs,
    ):
        assert sorted(theirs.namelist()) == sorted(ours.namelist())
