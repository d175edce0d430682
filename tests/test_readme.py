"""The pages that people read first are true, in both languages."""

import re
from pathlib import Path

import pytest

from tests.support.markdown import Block, read_blocks, read_heading_levels, run_page

PAGES = ["README.md", "README.zh.md"]
_COMMENT = re.compile(r"\s*#[^\n]*[^\x00-\x7f][^\n]*|(?<=\S)\s+#[^\n]*")
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def read(root: Path, page: str) -> str:
    """Read a page of the repository."""
    return (root / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_everything_shown_in_the_readme_runs_and_prints_what_it_says(
    page: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who types the page gets what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVDOCS_LANG", "zh" if page.endswith(".zh.md") else "en")
    assert run_page(read(root, page), root / page) == []


def test_readmes_have_the_same_headings(root: Path) -> None:
    """What one page has, the other has, in the same order."""
    one, other = (read_heading_levels(read(root, page)) for page in PAGES)
    assert one == other


def test_readmes_show_the_same_code(root: Path) -> None:
    """Python and YAML are the same but for comments; consoles run the same commands."""
    one, other = ([_essence(block) for block in read_blocks(read(root, page))] for page in PAGES)
    assert one == other


def _essence(block: Block) -> tuple[str, str]:
    language, text = block.language, block.text
    if language == "console":
        return language, "\n".join(line for line in text.splitlines() if line.startswith("$ "))
    return language, _COMMENT.sub("", text) if language in {"python", "yaml"} else text


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md", "docs/README.md"])
def test_links_into_the_repository_lead_somewhere(page: str, root: Path) -> None:
    """No link to a page or picture that is not there."""
    targets = [link for link in _LINK.findall(read(root, page)) if "://" not in link]
    folder = (root / page).parent
    assert [target for target in targets if not (folder / target).exists()] == []


def test_every_document_is_in_the_index(root: Path) -> None:
    """A page under docs/ that the index does not name would not be found."""
    index = read(root, "docs/README.md")
    pages = [path.relative_to(root / "docs").as_posix() for path in root.glob("docs/**/*.md")]
    assert [page for page in pages if page != "README.md" and f"({page})" not in index] == []
