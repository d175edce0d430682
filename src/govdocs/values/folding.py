"""Labels folded for matching: what two hands write differently becomes the same text.

Sources: Unicode NFKC (full and half width, Kangxi radicals of copied PDFs); GB/T 9704-2012 7.2.5
(〔〕, for which 【】 [] ﹝﹞ stand in sheets) and 7.3.3 (numbering marks). These are pure
functions: which label means which figure is the business of forms. Folded text is for comparing
and is never shown.
"""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+|_x000[dD9Aa]_")

_ROUND_OPEN, _ROUND_CLOSE = "﹙⦅❨❪", "﹚⦆❩❫"
_SQUARE_OPEN, _SQUARE_CLOSE = "〔﹝【〖〚⟦❲", "〕﹞】〗〛⟧❳"
_TITLE_OPEN, _TITLE_CLOSE = "《〈«‹", "》〉»›"
_QUOTES = "“”„‟″「」『』〝〞〟"
_SINGLE_QUOTES = "‘’‚‛′`´"
_DASHES = "‐‑‒–—―─━−﹣－ー"
_DOTS = "•‧∙⋅・●"
_LIST_COMMAS = "、﹑､"
_WAVES = "～〜∼"
_NOUGHTS = "○◯"


def _kinds() -> dict[int, str]:
    folded = {
        "(": _ROUND_OPEN,
        ")": _ROUND_CLOSE,
        "[": _SQUARE_OPEN,
        "]": _SQUARE_CLOSE,
        "<": _TITLE_OPEN,
        ">": _TITLE_CLOSE,
        '"': _QUOTES,
        "'": _SINGLE_QUOTES,
        "-": _DASHES,
        "·": _DOTS,
        ",": _LIST_COMMAS,
        "~": _WAVES,
        "〇": _NOUGHTS,
        ".": "。｡",
    }
    return {ord(char): kind for kind, chars in folded.items() for char in chars}


_KINDS = _kinds()

_CHINESE = "[一二三四五六七八九十百]{1,5}"
_MARKS = re.compile(
    rf"""
    {_CHINESE}[ ]*[、.．]                                       # 一、 十二.
    | [(（〔﹝\[【][ ]*{_CHINESE}[ ]*[)）〕﹞\]】][、.．]?        # （一） 〔一〕
    | [0-9０-９]{{1,3}}[ ]*(?:、|[.．](?![0-9０-９])|[)）])        # 1. 1． 1、 1)
    | [(（][ ]*[0-9０-９]{{1,3}}[ ]*[)）][、.．]?                  # (1) （1）
    | [①-⑳㉑-㉟㊱-㊿❶-❿➀-➉➊-➓][、.．]?
    | [⑴-⒇⒈-⒛㈠-㈩㊀-㊉][、.．]?
    """,
    re.VERBOSE,
)


def fold_text(text: str) -> str:
    """Fold width, spaces, line breaks, brackets, quotes, dashes and case: text to be compared."""
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:  # a space taken out may let a mark compose
        folded = again
    return folded


def _fold_once(text: str) -> str:
    half = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_KINDS)
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", half.casefold()).translate(_KINDS))


def fold_label(text: str) -> str:
    """Fold a label: as :func:`fold_text`, without numbering mark and without a colon at its end."""
    return fold_text(split_mark(text)[1]).rstrip(":")


def split_mark(text: str) -> tuple[str, str]:
    """Split a label into its numbering mark and the rest: ``("（一）", "收到申请数")``.

    Understood are 一、 （一） 1. 1． 1、 1) （1） ① ⑴ ⒈ ㈠ and the like, once, at the beginning. A
    decimal number (1.5万元), a year or a bracket with words is no mark. A text that is nothing but
    a mark is all rest.
    """
    bare = _INVISIBLE.sub(" ", text).strip()
    found = _MARKS.match(bare)
    rest = bare[found.end() :].strip() if found else ""
    return (found[0].replace(" ", ""), rest) if found and rest else ("", bare)


def strip_mark(text: str) -> str:
    """Leave the numbering mark of a label out."""
    return split_mark(text)[1]
