"""The Word engine backwards: a template's parts as patterns, a filled package's parts as units."""

from collections.abc import Mapping

from govdocs.docx.engine import DocxEngine
from govdocs.docx.reading.outlines import (
    read_pattern,
    read_properties_pattern,
    read_properties_unit,
    read_unit,
)
from govdocs.docx.tree.parts import text_kinds
from govdocs.errors import Place
from govdocs.language import make_environment
from govdocs.language.inversion import Inverse, PatternPart, UnitPart, outline
from govdocs.opc import Package, parse_xml


def invert_docx(engine: DocxEngine, kinds: Mapping[str, str]) -> Inverse:
    """Turn a compiled template around.

    Args:
        engine: the template.
        kinds: of its fields, by their dotted name.
    """
    parts: list[PatternPart] = []
    loops = 0
    readers = _readers(engine.package)
    for compiled in engine.parts:
        readable = readers.get(compiled.name)
        if readable is None:
            continue
        program = compiled.program
        drawn = outline(program.environment, program.source, program.placed, loops)
        loops += len(drawn.loops)
        root = parse_xml(drawn.text.encode(), Place(part=compiled.name))
        is_quiet = readable == "properties"
        read = read_properties_pattern if is_quiet else read_pattern
        group = _group(engine.package, compiled.name)
        pattern = read(root, drawn, compiled.name)
        parts.append(PatternPart(group, compiled.name, pattern, is_quiet))
    found = [one.program.environment for one in engine.parts]
    return Inverse(parts, found[0] if found else make_environment({}, {}), kinds)


def read_docx(package: Package) -> list[UnitPart]:
    """Read the parts of a filled package."""
    parts: list[UnitPart] = []
    for name, kind in _readers(package).items():
        read = read_properties_unit if kind == "properties" else read_unit
        content = read(package.parse(name), Place(package.name, name))
        parts.append(UnitPart(_group(package, name), name, content))
    return parts


def _readers(package: Package) -> dict[str, str]:
    """The parts whose texts are read back: ``paragraphs`` and ``properties``."""
    kinds: dict[str, str] = {}
    for name, kind in text_kinds(package).items():
        if kind == "paragraphs":
            kinds[name] = kind
        elif package.content_type(name).lower().endswith("-properties+xml"):
            kinds[name] = "properties"
    return kinds


def _group(package: Package, name: str) -> str:
    """The main part stands for itself, others for those of their content type."""
    return "main" if name == package.main else package.content_type(name)
