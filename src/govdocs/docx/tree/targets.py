"""Tags in the targets of hyperlinks: ``{{ url }}`` typed as an address.

Word writes the braces of an address as ``%7B``; here they become braces again before tags are
looked for, and what is filled in is written as an address may be.
"""

import re
from urllib.parse import quote, unquote

from govdocs.docx.tree.streams import Element

_ENCODED = re.compile("%7B%7B", re.IGNORECASE)
_SAFE = "!#$%&'()*+,/:;=?@[]~"


def decode_targets(root: Element) -> None:
    """Undo the encoding of targets that hold a tag.

    before: Target="https://example.org/%7B%7B%20id%20%7D%7D"
    after:  Target="https://example.org/{{ id }}"
    """
    for relationship in root.iterchildren("{*}Relationship"):
        target = relationship.get("Target", "")
        if _ENCODED.search(target) and relationship.get("TargetMode", "").lower() == "external":
            relationship.set("Target", unquote(target))


def write_address(text: str) -> str:
    """Write a text as part of an address: what an address cannot hold is encoded."""
    return quote(text, safe=_SAFE)
