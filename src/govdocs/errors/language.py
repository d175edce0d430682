"""Which of the two languages a message is read in."""

import os
from typing import Literal

Language = Literal["zh", "en"]


def current_language() -> Language:
    """Tell the reader's language: ``GOVDOCS_LANG`` first, then the locale; English if unknown."""
    for variable in ("GOVDOCS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
