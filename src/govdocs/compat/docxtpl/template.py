"""docxtpl's ``DocxTemplate``: python-docx's document underneath, govdocs' engine for the tags.

The document is python-docx's because programs reach into it (``tpl.docx``, ``tpl.add_paragraph``).
Each part that shows text is compiled and rendered from its tree; see :mod:`.source`.
"""

import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

import jinja2
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from govdocs.compat.docxtpl import finishing, properties, replacing, values
from govdocs.compat.docxtpl.controls import release_controls
from govdocs.compat.docxtpl.opening import open_document, parts_with_tags, text_kind
from govdocs.compat.docxtpl.rendering import PartTemplate, escapes_itself, make_environment
from govdocs.compat.docxtpl.subdoc import Subdoc
from govdocs.compat.docxtpl.texts import PartText, names_in, render_text, resolve_breaks
from govdocs.compat.docxtpl.turns import take_turn
from govdocs.docx.writing.slots import Slot
from govdocs.opc import parse_xml

Source = IO[bytes] | str | os.PathLike[str]


class DocxTemplate:
    """A template in docxtpl's language, rendered in place and saved.

    What is not its own is asked of the python-docx document.

    Args:
        template_file: a path or a binary file.
    """

    HEADER_URI = RELATIONSHIP_TYPE.HEADER
    FOOTER_URI = RELATIONSHIP_TYPE.FOOTER

    def __init__(self, template_file: Source) -> None:
        self.template_file = template_file
        self.reset_replacements()
        self.docx: Any = None
        self.is_rendered = False
        self.is_saved = False
        self.allow_missing_pics = False
        self.docx_ids_index = 1000
        self.current_rendering_part: Any = None
        self.pic_map: dict[str, Any] = {}
        self.autoescapes = False
        self._at_work: dict[str, int] = {}
        self._is_half_done = False  # a rendering has failed
        self._environment: jinja2.Environment | None = None
        self._patched = ""
        self._sandbox = make_environment(None)
        self._compiled: dict[str, tuple[str, PartText]] = {}
        self._urls: dict[str, str] = {}

    def init_docx(self, reload: bool = True) -> None:
        """Open the template, or open it again after a rendering."""
        if not self.docx or self._is_half_done or (self.is_rendered and reload):
            self.docx = open_document(self.template_file)
            self.is_rendered = self._is_half_done = False

    def render_init(self) -> None:
        """Make ready for a rendering."""
        self.init_docx()
        self.pic_map = {}
        self.current_rendering_part = None
        self.docx_ids_index = 1000
        self.is_saved = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "docx":
            raise AttributeError(name)
        return getattr(self.docx, name)

    def get_docx(self) -> WordDocument:
        """Return the python-docx document, opened if need be."""
        self.init_docx()
        return self.docx  # type: ignore[no-any-return]

    def xml_to_string(self, xml: Any, encoding: Any = "unicode") -> Any:  # noqa: ARG002 - docxtpl's
        """Write an element as text."""
        return etree.tostring(xml, encoding="unicode", pretty_print=False)

    def get_xml(self) -> str:
        """Return the body as text."""
        self.init_docx(reload=False)
        return str(self.xml_to_string(self.docx.element.body))

    def write_xml(self, filename: str | os.PathLike[str]) -> None:
        """Write the body as text into a file."""
        with open(filename, "w", encoding="utf-8") as file:  # noqa: PTH123 - docxtpl's own kind
            file.write(self.get_xml())

    def patch_xml(self, src_xml: str) -> str:
        """Write a part as a Jinja template; what comes of it goes to :meth:`render_xml_part`."""
        name = str(getattr(self.current_rendering_part, "partname", "")).lstrip("/")
        environment = self._environment or self._sandbox
        known = self._compiled.get(name)
        if known is not None and known[0] == src_xml and known[1].template.fits(environment):
            return known[1]
        root = parse_xml(src_xml.encode())
        bound = self.docx is not None and release_controls(root, self.docx)
        kind = text_kind(getattr(self.current_rendering_part, "content_type", "")) or "paragraphs"
        made = PartText(PartTemplate(name, root, environment, kind))
        if not bound:
            self._compiled[name] = src_xml, made
        return made

    def render_xml_part(
        self,
        src_xml: str,
        part: Any,
        context: Mapping[str, Any],
        jinja_env: jinja2.Environment | None = None,
    ) -> str:
        """Render what :meth:`patch_xml` has made, or the same changed by a subclass."""
        self.current_rendering_part = part
        if isinstance(src_xml, PartText):
            rendered = src_xml.template.render(context, self._write)
            is_alone = jinja_env is None or jinja_env.loader is None
            return rendered if is_alone else self.resolve_listing(rendered)
        return self.resolve_listing(
            render_text(src_xml, make_environment(jinja_env), context, escaped=self.autoescapes)
        )

    def _render(
        self, xml: str, part: Any, context: Mapping[str, Any], jinja_env: jinja2.Environment | None
    ) -> str:
        self.current_rendering_part, self._environment = part, jinja_env
        self._patched = self.patch_xml(xml)
        return self.render_xml_part(self._patched, part, context, jinja_env)

    def _parse(self, xml: Any, parse: Callable[[Any], Any]) -> Any:
        try:
            return parse(xml)
        except etree.XMLSyntaxError as error:
            if isinstance(self._patched, PartText):
                raise self._patched.template.crossing(error) from None
            raise

    def _finish(self, tree: Any) -> Any:
        own = isinstance(self._patched, PartText)
        finishing.finish_tree(tree, self._patched.template.repeated if own else ())  # type: ignore[attr-defined]
        return tree

    def _write(self, value: Any, slot: Slot) -> str:
        return values.write(value, slot, self)

    def _link_id(self, rel_id: str) -> str:
        return values.link_id(self, rel_id, self._urls)

    def resolve_listing(self, xml: str) -> str:
        """Write line breaks, tabs and new paragraphs of a rendered part as Word has them."""
        return resolve_breaks(xml)

    def build_xml(
        self, context: Mapping[str, Any], jinja_env: jinja2.Environment | None = None
    ) -> str:
        """Render the body."""
        self.init_docx(reload=False)
        return self._render(self.get_xml(), self.docx.part, context, jinja_env)

    def map_tree(self, tree: Any) -> None:
        """Put a body in place of the document's."""
        root = self.docx.element
        body = root.body
        root.replace(body, tree)

    def fix_tables(self, xml: str) -> Any:
        """Parse a rendered body and mend its tables."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        from docx.oxml.parser import element_class_lookup

        parser.set_element_class_lookup(element_class_lookup)
        tree = self._parse(xml, lambda one: etree.fromstring(one, parser))
        return self._finish(tree)

    def fix_docpr_ids(self, tree: Any) -> None:
        """Number the drawings anew, so that no two have one id."""
        self.docx_ids_index = finishing.number_drawings(tree, self.docx_ids_index)

    def get_part_xml(self, part: Any) -> str:
        """Return a part as text."""
        return str(self.xml_to_string(parse_xml(part.blob)))

    def get_headers_footers(self, uri: str) -> Iterator[tuple[str, Any]]:
        """Yield the headers or footers of the document by their relationship."""
        for rel_key, rel in self.docx.part.rels.items():
            if rel.reltype == uri and rel.target_part.blob:
                yield rel_key, rel.target_part

    def get_headers_footers_encoding(self, xml: str) -> str:
        """Return the encoding that a header is written in."""
        declared = re.match(r"""<\?xml\b[^?>]*?\sencoding=["']([^"']+)["']""", xml)
        return declared[1] if declared else "utf-8"

    def build_headers_footers_xml(
        self,
        context: Mapping[str, Any],
        uri: str,
        jinja_env: jinja2.Environment | None = None,
    ) -> Iterator[tuple[str, bytes]]:
        """Render the headers or footers."""
        for rel_key, part in list(self.get_headers_footers(uri)):
            xml = self._render(self.get_part_xml(part), part, context, jinja_env)
            yield rel_key, xml.encode()

    def map_headers_footers_xml(self, relKey: str, xml: bytes) -> None:  # noqa: N803
        """Put a rendered header or footer in place of the document's."""
        from docx.oxml.parser import parse_xml as parse_part

        tree = self._parse(xml, parse_part)
        self._finish(tree)
        self.docx.part.rels[relKey].target_part._element = tree  # noqa: SLF001

    def render_footnotes(
        self, context: Mapping[str, Any], jinja_env: jinja2.Environment | None = None
    ) -> None:
        """Render footnotes and whatever else shows text: endnotes, comments, charts."""
        for part in parts_with_tags(self.docx):
            xml = self._render(self.get_part_xml(part), part, context, jinja_env)
            tree = self.fix_tables(xml)
            if hasattr(part, "_element"):
                part._element = tree  # noqa: SLF001
            else:
                part._blob = etree.tostring(  # noqa: SLF001
                    tree, encoding="UTF-8", xml_declaration=True, standalone=True
                )

    def render_properties(
        self, context: Mapping[str, Any], jinja_env: jinja2.Environment | None = None
    ) -> None:
        """Render the document's title, author, subject, comments, identifier and language."""
        properties.render_properties(self.docx, context, make_environment(jinja_env))

    def render(
        self,
        context: Mapping[str, Any],
        jinja_env: jinja2.Environment | None = None,
        autoescape: bool = False,
    ) -> None:
        """Render the template; it may be rendered again with other data.

        Args:
            context: names to values.
            jinja_env: an environment with filters and names of the caller's; it stays unchanged.
            autoescape: escape every text; without it a text that is escaped already (``&lt;``)
                is taken as such, and all others are escaped nevertheless.

        Raises:
            TemplateSyntaxError: tags that cannot be read, with their places.
            UsageError: another thread is rendering or saving this template.
        """
        with take_turn(self._at_work, self.template_file):
            self.render_init()
            self.autoescapes = autoescape or escapes_itself(jinja_env)
            try:
                self._render_parts(context, jinja_env)
            except BaseException:
                self._is_half_done = True  # what is saved now is the template, nothing half filled
                raise
            self.is_rendered = True

    def _render_parts(
        self, context: Mapping[str, Any], jinja_env: jinja2.Environment | None
    ) -> None:
        tree = self.fix_tables(self.build_xml(context, jinja_env))
        self.fix_docpr_ids(tree)
        self.map_tree(tree)
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for rel_key, xml in self.build_headers_footers_xml(context, uri, jinja_env):
                self.map_headers_footers_xml(rel_key, xml)
        self.render_properties(context, jinja_env)
        self.render_footnotes(context, jinja_env)

    def new_subdoc(self, docpath: Source | None = None) -> Subdoc:
        """Make a subdocument, empty or from a file."""
        self.init_docx()
        return Subdoc(self, docpath)

    def build_url_id(self, url: str) -> str:
        """Relate the document to an address; return the id for ``RichText.add(url_id=)``."""
        self.init_docx()
        rel_id = self.docx.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._urls[rel_id] = url
        return str(rel_id)

    @staticmethod
    def get_file_crc(file_obj: Any) -> int:
        """Return the checksum of a file, by which media are found."""
        return replacing.checksum(file_obj)

    def replace_media(self, src_file: Any, dst_file: Any) -> None:
        """Replace a media file, given as it was put into the template, by another."""
        self.crc_to_new_media[self.get_file_crc(src_file)] = replacing.content(dst_file)

    def replace_embedded(self, src_file: Any, dst_file: Any) -> None:
        """Replace an embedded document, given as it was put into the template."""
        self.crc_to_new_embedded[self.get_file_crc(src_file)] = replacing.content(dst_file)

    def replace_zipname(self, zipname: str, dst_file: Any) -> None:
        """Replace whatever has this name in the package."""
        self.zipname_to_replace[zipname] = replacing.content(dst_file)

    def replace_pic(self, embedded_file: Any, dst_file: Any) -> None:
        """Replace a picture by its file name, title or alt text; its place and size stay."""
        name = embedded_file if isinstance(embedded_file, str) else embedded_file.name
        key = os.path.basename(name)  # noqa: PTH119 - also of names that are no paths
        self.pics_to_replace[key] = replacing.content(dst_file)

    def reset_replacements(self) -> None:
        """Forget what was to be replaced."""
        self.crc_to_new_media: dict[int, bytes] = {}
        self.crc_to_new_embedded: dict[int, bytes] = {}
        self.zipname_to_replace: dict[str, bytes] = {}
        self.pics_to_replace: dict[str, bytes] = {}

    def build_pic_map(self) -> None:
        """Find out which pictures the document has, by name."""
        self.init_docx(reload=False)
        self.pic_map = replacing.map_pictures(self.docx)

    def get_pic_map(self) -> dict[str, Any]:
        """Return the pictures of the document by name."""
        return self.pic_map

    def pre_processing(self) -> None:
        """Replace pictures, before saving."""
        if self.pics_to_replace:
            self.build_pic_map()
            replacing.replace_pictures(
                self.docx, self.pics_to_replace, allow_missing=self.allow_missing_pics
            )

    def post_processing(self, docx_file: Any) -> None:
        """Replace media, embedded documents and parts in a saved file, a path or a binary file."""
        by_crc = {
            "word/media/": self.crc_to_new_media,
            "word/embeddings/": self.crc_to_new_embedded,
        }
        if any(by_crc.values()) or self.zipname_to_replace:
            replacing.replace_entries(docx_file, by_crc, self.zipname_to_replace)

    def save(self, filename: Source, *args: Any, **kwargs: Any) -> None:
        """Write the document to a path or a binary file."""
        with take_turn(self._at_work, self.template_file):
            self.init_docx(reload=False)
            self.pre_processing()
            buffer = io.BytesIO()
            self.docx.save(buffer, *args, **kwargs)
            is_own = type(self).post_processing is not DocxTemplate.post_processing
            if is_own:  # a program's own expects the file
                replacing.write_out(buffer.getvalue(), filename)
            self.post_processing(filename if is_own else buffer)
            if not is_own:
                replacing.write_out(buffer.getvalue(), filename)
            self.is_saved = True

    def get_undeclared_template_variables(
        self,
        jinja_env: jinja2.Environment | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> set[str]:
        """Name what the template asks for, less what ``context`` has."""
        with take_turn(self._at_work, self.template_file):
            found = self._all_names(jinja_env)
        return {name for name in found if context is None or name not in context}

    def _all_names(self, jinja_env: jinja2.Environment | None) -> set[str]:
        kept, self.docx = self.docx, open_document(self.template_file)
        self._environment = jinja_env
        found: set[str] = set()
        try:
            for part in parts_with_tags(self.docx, everywhere=True):
                self.current_rendering_part = part
                text = self.patch_xml(self.get_part_xml(part))
                found |= names_in(text, make_environment(jinja_env))
        finally:
            self.docx = kept
        return found

    undeclared_template_variables = property(get_undeclared_template_variables)
