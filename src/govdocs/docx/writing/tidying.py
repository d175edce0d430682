"""Take away what a value leaves empty behind itself: the halves of its tag's run or paragraph.

A picture that stands in place of a tag's text leaves an empty run before and after it. Marks say
where such halves may be: control characters, which XML cannot hold. Only at a mark is anything
removed: empty runs and paragraphs of the template's own stay.
"""

import re
from functools import cache

RUN_BEFORE, RUN_AFTER, PARAGRAPH_BEFORE, PARAGRAPH_AFTER = "\x17", "\x18", "\x19", "\x1a"
_LONG = 1 << 16
_MARKS = re.compile(f"[{RUN_BEFORE}-{PARAGRAPH_AFTER}]")


def tidy(text: str, w: str) -> str:
    """Resolve the marks of a rendered part.

    Args:
        text: the part, with marks.
        w: the prefix of WordprocessingML in it, with its colon.

    before: <r><rPr/><t>‹</t></r><r><drawing/></r><r><rPr/><t>›</t></r>   after: <r><drawing/></r>
    """
    if _MARKS.search(text) is None:
        return text
    tail, *rest = _MARKS.split(text)
    marks = _MARKS.findall(text)
    done: list[str] = []
    for mark, piece in zip(marks, rest, strict=True):
        tail, left = _resolve(mark, tail, piece, w)
        tail += left
        settled = _settled(tail, w)
        done.append(tail[:settled])
        tail = tail[settled:]
    return "".join((*done, tail))


def _settled(tail: str, w: str) -> int:
    """Tell how much of what is written no later mark can change: all before the last paragraph.

    A paragraph as long as a chapter is not empty, so only its last run can still go.
    """
    begin = max(tail.rfind(f"<{w}p>"), tail.rfind(f"<{w}p "))
    if len(tail) - begin > _LONG:
        begin = max(begin, tail.rfind(f"<{w}r>"), tail.rfind(f"<{w}r "))
    return max(begin - len(f"</{w}tbl>"), 0)


def _resolve(mark: str, before: str, after: str, w: str) -> tuple[str, str]:
    if mark in (RUN_BEFORE, RUN_AFTER):
        return _drop_run(before, after, w)
    return _drop_paragraph(before, after, w, is_last=mark == PARAGRAPH_AFTER)


def _drop_run(before: str, after: str, w: str) -> tuple[str, str]:
    """Drop the run that ends after the mark if nothing stands in it."""
    closing = f"</{w}t></{w}r>"
    if not after.startswith(closing):
        return before, after
    start = max(before.rfind(f"<{w}r>"), before.rfind(f"<{w}r "))
    if start < 0 or _patterns(w)[0].fullmatch(before, start) is None:
        return before, after
    return before[:start], after[len(closing) :]


def _drop_paragraph(before: str, after: str, w: str, *, is_last: bool) -> tuple[str, str]:
    closing = f"</{w}p>"
    end = after.find(closing)
    start = max(before.rfind(f"<{w}p>"), before.rfind(f"<{w}p "))
    if end < 0 or start < 0 or f"<{w}sectPr" in before[start:]:
        return before, after
    whole = before[start:] + after[: end + len(closing)]
    if _patterns(w)[1].fullmatch(whole) is None:
        return before, after
    following = after[end + len(closing) :].lstrip()
    if is_last and before[:start].endswith(f"</{w}tbl>") and not following.startswith(f"<{w}p"):
        return before, after  # a paragraph must follow a table at the end of a cell
    return before[:start], after[end + len(closing) :]


@cache
def _patterns(w: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The beginning of an empty run, and a paragraph without content."""

    def one(name: str) -> str:
        return rf"(?:<{w}{name}/>|<{w}{name}(?: [^>]*)?>(?:(?!</{w}{name}>).)*</{w}{name}>)"

    run = rf"<{w}r(?: [^>]*)?>\s*{one('rPr')}?\s*<{w}t(?: [^>]*)?>"
    whole_run = (
        rf"{run}</{w}t>\s*</{w}r>|<{w}r(?: [^>]*)?>\s*{one('rPr')}?\s*(?:<{w}t/>)?\s*</{w}r>"
    )
    paragraph = (
        rf"<{w}p(?: [^>]*)?>\s*{one('pPr')}?\s*(?:(?:{whole_run}|<{w}proofErr[^>]*/>)\s*)*</{w}p>"
    )
    return re.compile(run, re.DOTALL), re.compile(paragraph, re.DOTALL)
