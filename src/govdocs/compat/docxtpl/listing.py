r"""Text with lines (``\n``) and paragraphs (``\a``), whatever characters it holds."""

from typing import Any

from markupsafe import escape


class Listing:
    """Text to be printed as it is, in the format of its tag."""

    def __init__(self, text: Any) -> None:
        if isinstance(text, bytes):
            text = text.decode("utf-8", errors="ignore")
        self.text = str(text)
        self.xml = str(escape(self.text))

    def __str__(self) -> str:
        return self.xml

    __unicode__ = __html__ = __str__
