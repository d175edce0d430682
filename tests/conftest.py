"""Fixtures that tests of every room may ask for."""

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.support.libreoffice import LibreOffice, find_soffice
from tests.support.packages import Source, diff_packages

ROOT = Path(__file__).parents[1]
SamePackage = Callable[..., None]

# The default run takes under two minutes on two cores; `make test-slow` looks longer.
hypothesis.settings.register_profile("quick", max_examples=15, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=500, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens LibreOffice, and keep it on one worker: it takes a core for itself."""
    for item in items:
        if "libreoffice" in getattr(item, "fixturenames", ()):
            item.add_marker("libreoffice")
            item.add_marker(pytest.mark.xdist_group("libreoffice"))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are English in tests, whatever the machine's locale; a test may say otherwise."""
    monkeypatch.setenv("GOVDOCS_LANG", "en")


@pytest.fixture(autouse=True)
def _outputs_are_audited(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """In the long run a validator finds nothing new in any document that a test makes."""
    if not os.environ.get("GOVDOCS_AUDIT"):
        yield
        return
    from tests.support import outputs

    room = request.path.relative_to(ROOT / "tests").parts[0]
    if room not in outputs.ROOMS:
        yield
        return
    made = outputs.watch(monkeypatch)
    yield
    found = list(outputs.findings(made, room))
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice with a profile of this worker's own; skips where it is not installed."""
    program = find_soffice()
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip("needs LibreOffice (soffice) and poppler-utils (pdftotext)")
    return LibreOffice(program, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture
def assert_same_package(request: pytest.FixtureRequest) -> SamePackage:
    """Compare two packages as canonical XML; on failure leave both in ``out/failed/<test>/``."""
    folder = ROOT / "out" / "failed" / re.sub(r"[^\w.-]+", "_", request.node.nodeid)

    def compare(
        actual: Source, expected: Source, *, ignore: Collection[str] = (), suffix: str = ".zip"
    ) -> None:
        if difference := diff_packages(actual, expected, ignore):
            keep(actual, folder / f"actual{suffix}")
            keep(expected, folder / f"expected{suffix}")
            pytest.fail(f"packages differ; both are in {folder}\n{difference}", pytrace=False)

    return compare


def keep(source: Source, path: Path) -> None:
    """Leave a file to be looked at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
