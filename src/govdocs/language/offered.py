"""The filters that installed packages offer: entry points of the group ``govdocs.filters``.

To ask the library for entry points costs more than to compile a small template, because it imports
a reader of mails; so whether anybody offers anything is looked up first, in the files that say so.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

_GROUP = "govdocs.filters"


@cache
def installed_filters() -> Mapping[str, Callable[..., Any]]:
    """Load the filters that installed packages offer."""
    if not _may_offer(sys.path):
        return {}
    from importlib.metadata import entry_points

    return {point.name: point.load() for point in entry_points(group=_GROUP)}


def _may_offer(path: list[str]) -> bool:
    """Tell whether any package may offer filters; where that cannot be seen, it may."""
    others = (one for one in sys.meta_path if one is not PathFinder)
    if any(hasattr(one, "find_distributions") for one in others):
        return True
    return any(_group_is_in(Path(one or ".")) for one in path)


def _group_is_in(folder: Path) -> bool:
    if not folder.is_dir():
        return folder.exists()  # an archive: packages in it are not listed here
    return any(_GROUP.encode() in one for one in _declarations(folder))


def _declarations(folder: Path) -> Iterator[bytes]:
    """Read what the packages in a folder declare."""
    for pattern in ("*.dist-info", "*.egg-info", "*.egg/EGG-INFO"):
        for found in folder.glob(f"{pattern}/entry_points.txt"):
            try:
                yield found.read_bytes()
            except OSError:
                yield _GROUP.encode()
