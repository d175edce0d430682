"""The documentation is true: what a page shows is run, from an empty folder."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.markdown import run_page

RUN = sorted(
    page.relative_to(ROOT).as_posix()
    for room in ("tutorial", "how-to", "reference", "explanation")
    for page in (ROOT / "docs" / room).glob("*.md")
)
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def is_chinese(page: str) -> bool:
    """Tell by its title whether a page is written in Chinese."""
    return re.search("[一-鿿]", page.partition("\n")[0]) is not None


@pytest.mark.parametrize("page", RUN)
def test_everything_shown_on_a_page_runs_and_prints_what_it_says(
    page: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who types the page, in an empty folder, gets what the page shows."""
    text = (root / page).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVDOCS_LANG", "zh" if is_chinese(text) else "en")
    assert run_page(text, root / page) == []


@pytest.mark.parametrize("page", RUN)
def test_links_of_a_page_lead_somewhere(page: str, root: Path) -> None:
    """No link to a page that is not there."""
    text = _CODE.sub("", (root / page).read_text(encoding="utf-8"))
    targets = [link for link in _LINK.findall(text) if "://" not in link]
    folder = (root / page).parent
    assert [target for target in targets if not (folder / target).exists()] == []
