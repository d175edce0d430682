"""The list of sheets and names in the document's properties, where sheets come out several times.

before: <HeadingPairs>..工作表 1..</HeadingPairs><TitlesOfParts>..表..</TitlesOfParts>
after:  <HeadingPairs>..工作表 2..</HeadingPairs><TitlesOfParts>..甲..乙..</TitlesOfParts>

A list that does not add up is taken out: it may be missing (ECMA-376 part 1, 22.2.2.26).
"""

from collections.abc import Mapping, Sequence

from govdocs.errors import Place
from govdocs.opc import Draft, Package
from govdocs.xlsx.grid.address import quote_sheet
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.encoding import escape_markup
from govdocs.xlsx.xml.markup import Element, read_markup


def write_titles(package: Package, draft: Draft, names: Mapping[str, Sequence[str]]) -> None:
    """Let the list name the sheets that there are.

    Args:
        package: of the template.
        draft: that the list is written to.
        names: the sheets that a sheet of the template became, by its name.
    """
    for part in package.related("", "extended-properties"):
        root, edits = read_markup(draft.read(part), Place(part=part)), Edits()
        heads, titles = root.find("HeadingPairs"), root.find("TitlesOfParts")
        if heads is not None and titles is not None and _adds_up(heads, titles):
            _rewrite(heads, titles, names, edits)
        else:
            for found in (heads, titles):
                if found is not None:
                    edits.replace(found, "")
        if edits:
            draft.replace(part, edits.write_part(root))


def _counts(heads: Element) -> list[Element]:
    return list(heads.iter("i4"))


def _adds_up(heads: Element, titles: Element) -> bool:
    """Whether there are as many titles as the headings say."""
    counts = [one.text.strip() for one in _counts(heads)]
    listed = list(titles.iter("lpstr"))
    return all(one.isdigit() for one in counts) and sum(map(int, counts)) == len(listed) > 0


def _rewrite(
    heads: Element, titles: Element, names: Mapping[str, Sequence[str]], edits: Edits
) -> None:
    listed = iter(titles.iter("lpstr"))
    total = 0
    for count in _counts(heads):
        own = [next(listed) for _ in range(int(count.text))]
        written = [(one, _become(one.text, names)) for one in own]
        for one, became in written:
            tag = one.qname
            edits.replace(one, "".join(f"<{tag}>{escape_markup(text)}</{tag}>" for text in became))
        number = sum(len(became) for _, became in written)
        edits.set_text(count, str(number))
        total += number
    for vector in titles.iter("vector"):
        edits.set(vector, "size", str(total))


def _become(title: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Give what a title has become: of a sheet, or of a name of a sheet, ``表!Print_Area``."""
    if title in names:
        return list(names[title])
    for label, became in names.items():
        for prefix in (quote_sheet(label), f"{label}!"):
            if title.startswith(prefix):
                return [quote_sheet(one) + title.removeprefix(prefix) for one in became]
    return [title]
