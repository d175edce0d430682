"""Attachments: what is announced under the report (附件说明) against what is attached.

GB/T 9704-2012 7.3.7: the attachment's title agrees with the announcement.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdocs.forms.prose.paragraphs import Paragraph

_NOTE = re.compile(r"^附件[：:](?:1[.．、])?(.+)$")
_NEXT_NOTE = re.compile(r"^(\d{1,2})[.．、](.+)$")
_HEADING = re.compile(r"^附件(\d*)[：:]?$")
_END = "。；，;,"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: its number, the title and the paragraph that tells it."""

    number: int
    title: str
    paragraph: Paragraph


def list_announced(paragraphs: Sequence[Paragraph]) -> list[Attachment]:
    """List what the report announces: ``附件：1. 甲`` and the lines below it."""
    listed: list[Attachment] = []
    for at, paragraph in enumerate(paragraphs):
        match = _NOTE.match(paragraph.text)
        if match:
            listed.append(Attachment(1, match[1].rstrip(_END), paragraph))
            listed += _further(paragraphs[at + 1 :])
            break
    return listed


def _further(paragraphs: Sequence[Paragraph]) -> Iterator[Attachment]:
    for number, paragraph in enumerate(paragraphs, 2):
        match = _NEXT_NOTE.match(paragraph.text)
        if not match or int(match[1]) != number:
            return
        yield Attachment(number, match[2].rstrip(_END), paragraph)


def list_attached(paragraphs: Sequence[Paragraph]) -> list[Attachment]:
    """List what is attached: a line 附件 or 附件1, and the title below it."""
    listed: list[Attachment] = []
    for paragraph, below in itertools.pairwise(paragraphs):
        match = _HEADING.match(paragraph.text)
        if match:
            number = int(match[1]) if match[1] else len(listed) + 1
            listed.append(Attachment(number, below.text, below))
    return listed
