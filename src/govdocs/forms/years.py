"""Year words in a text: finding them and moving them on.

A year is four digits that are no part of a longer number and stand in no 〔〕 of a document number:
〔2016〕54号 stays 〔2016〕54号 whatever the report year.
"""

import re
from collections.abc import Iterator

_YEAR = re.compile(r"(?<![\dA-Za-z〔﹝\[【.．-])(?:19|20)\d\d(?![\d〕﹞\]】号%％.．])")
_TITLES = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")


def find_years(text: str) -> Iterator[tuple[int, int]]:
    """Go through the years of a text: the year and where it begins."""
    for match in _YEAR.finditer(text):
        yield int(match[0]), match.start()


def move_years(text: str, before: int, year: int) -> str:
    """Move ``before`` and the year after it on, so that ``before`` becomes ``year``.

    Other years are history and stay.
    """

    def move(match: re.Match[str]) -> str:
        found = int(match[0])
        return str(found - before + year) if found in {before, before + 1} else match[0]

    return _YEAR.sub(move, text)


def without_titles(text: str) -> str:
    """Blank out what stands in 《》, keeping every other character where it is."""
    return _TITLES.sub(lambda match: "　" * len(match[0]), text)
