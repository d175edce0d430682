"""Templates as Word saves what a person has typed: runs cut anywhere, revisions, spelling marks."""

import random

from tests.compat.samples import cell, table

_MARKS = ("spellStart", "spellEnd", "gramStart", "gramEnd")


def typed(text: str, properties: str = "", style: str = "") -> str:
    """Write a paragraph whose text is cut into runs, the same way each time.

    Args:
        text: what a reader sees; a tab and a line break are elements of their own.
        properties: ``w:rPr`` of the runs.
        style: ``w:pPr`` of the paragraph.
    """
    chance = random.Random(text)
    runs = "".join(_run(piece, properties, chance) for piece in _cut(text, chance))
    return f'<w:p w:rsidR="00{chance.randrange(16, 99)}1234">{style}{runs}</w:p>'


def lines(*texts: str) -> str:
    """Write a paragraph for each text."""
    return "".join(map(typed, texts))


def grid(*rows: tuple[str, ...], width: int = 1000) -> str:
    """Write a table of typed cells, and the paragraph that Word puts behind it."""
    columns = max(map(len, rows))
    written = [tuple(one if one.startswith("<w:tc>") else box(one) for one in row) for row in rows]
    return table(*written, grid=(width,) * columns) + "<w:p/>"


def box(*texts: str, properties: str = '<w:tcW w:w="1000" w:type="dxa"/>') -> str:
    """Write a cell of typed paragraphs; markup stays as it is."""
    inner = (one if one.startswith("<w:") else typed(one) if one else "<w:p/>" for one in texts)
    return cell(*inner, properties=properties)


def _cut(text: str, chance: random.Random) -> list[str]:
    if len(text) < 4 or "-" in text or "_" in text:
        return [text]
    places = sorted(chance.sample(range(1, len(text)), min(3, len(text) - 1)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def _run(text: str, properties: str, chance: random.Random) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = shown.replace("\t", f"</w:t><w:tab/><w:t{space}>")
    shown = shown.replace("\n", f"</w:t><w:br/><w:t{space}>")
    mark = f'<w:proofErr w:type="{chance.choice(_MARKS)}"/>' if chance.random() < 0.3 else ""
    revision = f' w:rsidRPr="00{chance.randrange(16, 99)}5678"' if chance.random() < 0.5 else ""
    return f"{mark}<w:r{revision}>{properties}<w:t{space}>{shown}</w:t></w:r>"
