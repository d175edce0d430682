"""Characters that a keyboard or a program writes differently and that mean the same.

Unlike :mod:`govdocs.values.folding` this keeps every character's place, so that what was found in a
folded text can be cut out of the written one.
"""

_SPACES = "\t\n\r\v\xa0\u3000\u2002\u2003\u2009\u202f"
_PAIRS = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "－": "-", "−": "-",
    "【": "〔", "】": "〕", "［": "〔", "］": "〕", "[": "〔", "]": "〕", "。": ".", "、": ",",
    "〈": "<", "〉": ">", "《": "<", "》": ">", "○": "〇", "·": ".", "•": ".",
}  # fmt: skip
_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= {ord(char): ord(meant) for char, meant in _PAIRS.items()}
_TABLE |= {ord(char): 0x20 for char in _SPACES}


def fold(text: str) -> str:
    """Fold a text; it stays as long as it is."""
    return text.translate(_TABLE)


def is_light(char: str) -> bool:
    """Tell whether a character is a space or a mark: nothing that changes what is said."""
    return not char.isalnum()
