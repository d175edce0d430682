"""Run properties as text: joined, put in schema order, made from a format's wishes.

Source: ECMA-376 part 1, 17.3.2 (EG_RPrBase). Properties travel as pairs of a child's name and its
markup. This module knows no runs and no tags.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree

from govdocs.docx.writing.slots import Slot
from govdocs.values.rich import Format

ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike"),
    *("outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden"),
    *("color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect"),
    *("bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
    *("specVanish", "oMath"),
)
_RANK = {name: rank for rank, name in enumerate(ORDER)}
_LAST = len(ORDER)
_MARKERS = frozenset(
    (
        *("black", "blue", "cyan", "green", "magenta", "red", "yellow", "white", "darkBlue"),
        *("darkCyan", "darkGreen", "darkMagenta", "darkRed", "darkYellow", "darkGray"),
        *("lightGray", "none"),
    )
)
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
_RUN = re.compile(r"<([\w.-]+:|)r\b")

Property = tuple[str, str]


def prefix_of(slot: Slot) -> str:
    """Return the prefix of WordprocessingML at a slot, with its colon."""
    found = _RUN.match(slot.enter_run)
    return found[1] if found else "w:"


def quote(value: object) -> str:
    """Write a value inside an attribute."""
    return escape(str(value), {'"': "&quot;"})


def make_properties(wishes: Format, w: str) -> list[Property]:
    """Write what a piece of text asks for.

    Args:
        wishes: the formats; ``None`` writes nothing.
        w: prefix of WordprocessingML, with its colon.
    """
    found: list[Property] = []
    for name, value in (("rStyle", wishes.style), ("color", _color(wishes.color))):
        if value:
            found.append((name, f'<{w}{name} {w}val="{quote(value)}"/>'))
    for names, switch in (
        (("b", "bCs"), wishes.bold),
        (("i", "iCs"), wishes.italic),
        (("strike",), wishes.strike),
        (("rtl",), wishes.rtl),
    ):
        if switch is not None:
            found += [
                (name, f"<{w}{name}/>" if switch else f'<{w}{name} {w}val="0"/>') for name in names
            ]
    if wishes.size:
        found += [(name, f'<{w}{name} {w}val="{int(wishes.size)}"/>') for name in ("sz", "szCs")]
    found += _underline(wishes.underline, w)
    found += _raised(wishes, w)
    found += _marker(wishes.highlight, w)
    if wishes.font:
        found.append(("rFonts", make_fonts(wishes.font, w)))
    if wishes.lang:
        found.append(("lang", make_language(wishes.lang, w, rtl=bool(wishes.rtl))))
    return found


def make_fonts(font: str, w: str) -> str:
    """Write a font for all scripts, or for the one that is named before a colon."""
    script, colon, name = font.partition(":")
    if colon and script in _SCRIPTS and script != "eastAsia":
        return f'<{w}rFonts {w}{script}="{quote(name)}"/>'
    family = quote(name if colon and script == "eastAsia" else font)
    return f"<{w}rFonts " + " ".join(f'{w}{one}="{family}"' for one in _SCRIPTS) + "/>"


def make_language(lang: str, w: str, *, rtl: bool = False) -> str:
    """Write a language where Word looks for it: by the script that it is written in."""
    if rtl:
        return f'<{w}lang {w}bidi="{quote(lang)}"/>'
    also = f' {w}eastAsia="{quote(lang)}"' if lang[:2].lower() in ("zh", "ja", "ko") else ""
    return f'<{w}lang {w}val="{quote(lang)}"{also}/>'


def _color(color: str | None) -> str:
    found = _HEX.fullmatch(color or "")
    return found[1].upper() if found else (color or "").removeprefix("#")


def _underline(wish: bool | str | None, w: str) -> list[Property]:
    if wish is None:
        return []
    value = {True: "single", False: "none"}.get(wish, wish) if isinstance(wish, bool) else wish
    return [("u", f'<{w}u {w}val="{quote(value)}"/>')]


def _raised(wishes: Format, w: str) -> list[Property]:
    if wishes.subscript is None and wishes.superscript is None:
        return []
    value = "superscript" if wishes.superscript else "subscript" if wishes.subscript else "baseline"
    return [("vertAlign", f'<{w}vertAlign {w}val="{value}"/>')]


def _marker(wish: str | None, w: str) -> list[Property]:
    if not wish:
        return []
    if wish in _MARKERS:
        return [("highlight", f'<{w}highlight {w}val="{wish}"/>')]
    fill = quote(_color(wish))
    return [("shd", f'<{w}shd {w}val="clear" {w}color="auto" {w}fill="{fill}"/>')]


def merge_properties(base: str, own: Iterable[Property], w: str) -> str:
    """Join a tag's properties with those of a value, which win; in schema order.

    Args:
        base: ``<w:rPr>...</w:rPr>`` or empty.
        own: the value's; two of one name: the last counts.
        w: prefix of WordprocessingML, with its colon.
    """
    wanted = dict(own)
    if not wanted:
        return base
    joined = dict(split_properties(base))
    for name, xml in wanted.items():
        joined[name] = _join_attributes(joined[name], xml, name) if name in joined else xml
    if "vertAlign" in wanted and "position" in joined and "position" not in wanted:
        del joined["position"]
    ordered = sorted(joined.items(), key=lambda pair: _rank(pair[0]))
    return f"<{w}rPr>{''.join(xml for _, xml in ordered)}</{w}rPr>"


def _rank(name: str) -> int:
    # extensions of other namespaces follow all of ours; the record of a change stands last
    return _LAST + 2 if name == "rPrChange" else _RANK.get(name, _LAST + 1)


def _join_attributes(base: str, own: str, name: str) -> str:
    """Let fonts and languages keep the scripts that the value says nothing of."""
    if name not in ("rFonts", "lang"):
        return own
    attributes = dict(re.findall(r'([\w.:-]+)="([^"]*)"', base))
    for key, value in re.findall(r'([\w.:-]+)="([^"]*)"', own):
        attributes[key] = value
        attributes.pop(key.replace("cs", "cst") + "heme", None)
        attributes.pop(f"{key}Theme", None)
    tag = re.match(r"<[\w.:-]+", own)
    assert tag is not None
    return f"{tag[0]} " + " ".join(f'{key}="{value}"' for key, value in attributes.items()) + "/>"


@lru_cache(maxsize=1024)
def split_properties(properties: str) -> tuple[Property, ...]:
    """Split ``<w:rPr>...</w:rPr>`` into its children, by local name.

    The text stands outside of its part, so its prefixes are declared here for the reading only.
    """
    if not properties:
        return ()
    prefixes = sorted(set(re.findall(r"[<\s/]([A-Za-z_][\w.-]*):", properties)) - {"xml", "xmlns"})
    declared = "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in prefixes)
    wrapper = etree.fromstring(f"<_{declared}>{properties}</_>")
    return tuple((_key(child), _bare(child)) for child in wrapper[0].iterchildren(etree.Element))


def _key(child: etree._Element) -> str:
    name = etree.QName(child)
    return (
        name.localname
        if name.localname in _RANK or name.localname == "rPrChange"
        else str(child.tag)
    )


def _bare(child: etree._Element) -> str:
    text = etree.tostring(child, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns(?::[\w.-]+)?="urn:[\w.-]+"', "", text)
