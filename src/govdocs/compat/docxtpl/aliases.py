"""docxtpl's module names for this package: for programs whose imports cannot be changed."""

import sys
from importlib import import_module

_HERE = __name__.rpartition(".")[0]
_MODULES = ("", ".template", ".richtext", ".inline_image", ".listing", ".subdoc")


def install() -> None:
    """Let ``import docxtpl`` and ``from docxtpl.template import ...`` mean this package.

    It holds for what this process imports from now on; docxtpl need not be installed.
    """
    for name in _MODULES:
        sys.modules[f"docxtpl{name}"] = import_module(f"{_HERE}{name}")
