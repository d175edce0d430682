"""One thread at a time: a template that is rendered in place can serve no two."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from govdocs.errors import UsageError


@contextmanager
def take_turn(at_work: dict[str, int], source: Any) -> Iterator[None]:
    """Refuse a second thread while one is at work: their documents would be mixed.

    Args:
        at_work: which thread is, of one template.
        source: what the template was opened from.

    Raises:
        UsageError: another thread is at work.
    """
    mine, before = threading.get_ident(), at_work.get("thread")
    if at_work.setdefault("thread", mine) != mine:
        shown = os.fspath(source) if isinstance(source, (str, os.PathLike)) else "DocxTemplate"
        raise UsageError.of("compat.in_use", fields={"file": shown})
    try:
        yield
    finally:
        if before is None:
            at_work.pop("thread", None)
