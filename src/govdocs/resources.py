"""The files that come with govdocs: official templates and sample data.

In an installed wheel they stand in ``govdocs/_data``, in a checkout at its root. This module says
where they are; it never opens one, writes one or knows what is in them.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

Folder = Literal["templates", "samples"]


def folder(name: Folder) -> Traversable:
    """Find ``templates`` or ``samples``, in an installed wheel or in a checkout.

    Raises:
        FileNotFoundError: this installation carries neither.
    """
    packed = files("govdocs") / "_data" / name
    if packed.is_dir():
        return packed
    checkout = Path(__file__).parents[2]
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise FileNotFoundError(f"govdocs: no folder {name} beside the package; install it again")
