"""The catalogue: codes to sentences, in Chinese and English.

The sentences stand in ``messages/<first word of the code>.toml``, read when the first of them is
wanted. A sentence has two halves: ``what`` is wrong and how to ``mend`` it.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast


@cache
def load(room: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read one catalogue file: code's second half -> language -> ``what`` / ``mend``."""
    source = files("govdocs.errors") / "messages" / f"{room}.toml"
    return cast(
        "Mapping[str, Mapping[str, Mapping[str, str]]]",
        tomllib.loads(source.read_text(encoding="utf-8")),
    )
