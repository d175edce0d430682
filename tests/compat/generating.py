"""Templates put together by chance out of what docxtpl's documentation describes.

Left out is what the reference lists as different, and what the documentation forbids.
"""

import datetime as dt
import io
import itertools
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from docx.shared import Mm

from tests.compat.samples import cell, make
from tests.values.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = ("文字 ", "text ", " x", "，", "100%", "a&b ", "end. ", "  ")
_EXPRESSIONS = (
    *("a", "b", "n", "o.k", "o['k']", "l[0]", "a|upper", "l|join(', ')", "n + 1", "miss", "none"),
    *("miss|default('缺')", "t", "lines", "tabs", "a ~ b", "l|length", "'x' if n else 'y'", "“q”"),
    *("d.year", "escaped", "listing", "o.get('k')", "'c\\nd'"),
)
_CONDITIONS = (
    *("n", "not n", "n > 3", "a == 'A1'", "zero", "l", "miss", "n >= 1 and l", "a == “A1”"),
    *("n < 100", "a != ‘x’"),
)
_LOOPS = ("l", "empty", "range(3)")
_FORMATS = ("", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>')
_STYLES = ("", '<w:pPr><w:jc w:val="center"/></w:pPr>')
_DEEPEST = 2


@dataclass(frozen=True)
class Chance:
    """Writes markup by chance.

    Attributes:
        random: where the chance comes from.
        loops: how many loops stand around.
        depth: how many blocks and tables stand around.
    """

    random: Random
    loops: int = 0
    depth: int = 0

    def template(self) -> bytes:
        """Write a whole document."""
        body = "".join(self.block() for _ in range(self.random.randint(1, 4)))
        return make(body, self.line() if self.random.random() < 0.4 else "")

    def inner(self, *, loop: bool = False) -> "Chance":
        """Step into a block."""
        return Chance(self.random, self.loops + loop, self.depth + 1)

    def pick(self, *values: str) -> str:
        """Pick one of some texts."""
        return self.random.choice(values)

    def line(self) -> str:
        """Write the text of a paragraph, with tags that stand in a line."""
        return "".join(self.piece() for _ in range(self.random.randint(1, 4)))

    def piece(self) -> str:
        """Write a word, a value, a condition, a loop or a comment."""
        writers: list[Callable[[], str]] = [
            lambda: self.pick(*_WORDS),
            lambda: f"{{{{ {self.value()} }}}}",
            lambda: f"{{{{{self.value()}}}}}",
            lambda: f"{{% if {self.condition()} %}}是{{% else %}}{{{{ a }}}}{{% endif %}}",
            lambda: f"{{% for i in {self.pick(*_LOOPS)} %}}[{{{{ i }}}}]{{% endfor %}}",
            lambda: self.pick("{# note #}", "{_{ z }_}", "{% set v = 3 %}{{ v }}"),
        ]
        return self.random.choice(writers)()

    def value(self) -> str:
        """Write an expression that is printed."""
        return self.pick(*_EXPRESSIONS, *(("i", "loop.index") if self.loops else ()))

    def condition(self) -> str:
        """Write an expression that is true or not."""
        return self.pick(*_CONDITIONS, *(("loop.first", "i == l[0]") if self.loops else ()))

    def paragraph(self, text: str, *, plain: bool = False) -> str:
        """Write a paragraph, its text cut into runs of one format."""
        look = "" if plain else self.pick(*_FORMATS)
        runs = [self._run(piece, look) for piece in self._cut(text)]
        mark = '<w:proofErr w:type="spellEnd"/>' if self.random.random() < 0.3 else ""
        return f"<w:p>{self.pick(*_STYLES)}{mark.join(runs)}</w:p>"

    def _cut(self, text: str) -> list[str]:
        if len(text) < 3 or "-%" in text or "_" in text or self.random.random() < 0.4:
            return [text]
        chosen = self.random.sample(range(1, len(text)), min(3, len(text) - 1))
        places = [0, *sorted(chosen), len(text)]
        return [text[a:b] for a, b in itertools.pairwise(places)]

    def _run(self, text: str, look: str) -> str:
        space = (
            ' xml:space="preserve"' if text != text.strip() or self.random.random() < 0.2 else ""
        )
        shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        revision = ' w:rsidR="00A1B2C3"' if self.random.random() < 0.4 else ""
        return f"<w:r{revision}>{look}<w:t{space}>{shown}</w:t></w:r>"

    def block(self) -> str:
        """Write a paragraph, paragraphs under a tag, a value of paragraphs, or a table."""
        writers = [self.text, self.text, self.text]
        if self.depth < _DEEPEST:
            writers += [self.conditional, self.repeated, self.whole, self.table, self.table]
        return self.random.choice(writers)()

    def blocks(self) -> str:
        """Write some blocks."""
        return "".join(self.block() for _ in range(self.random.randint(1, 2)))

    def text(self) -> str:
        """Write a paragraph with what stands in one."""
        joined = (self.paragraph(f"{{%- if {self.condition()} -%}}"), self.paragraph("b {{ a }}"))
        ended = (self.paragraph("{%- endif -%}"), self.paragraph("c"))
        writers: list[Callable[[], str]] = [
            lambda: self.paragraph(self.line()),
            lambda: self.paragraph(self.line()),
            lambda: self.paragraph(
                f"{{{{r {self.pick('rich', 'linked', 'raised')} }}}}", plain=True
            ),
            lambda: "<w:p><w:r><w:t>{{ image }}</w:t></w:r></w:p>",
            lambda: "".join((self.paragraph("a"), *joined, *ended)),
        ]
        return self.random.choice(writers)()

    def conditional(self) -> str:
        """Write paragraphs on a condition."""
        inner = self.inner()
        other = self.paragraph("{%p else %}") + inner.blocks() if self.random.random() < 0.4 else ""
        begin = self.paragraph(f"{{%p if {self.condition()} %}}")
        return f"{begin}{inner.blocks()}{other}{self.paragraph('{%p endif %}')}"

    def repeated(self) -> str:
        """Write paragraphs in a loop."""
        begin = self.paragraph(f"{{%p for i in {self.pick(*_LOOPS)} %}}")
        return f"{begin}{self.inner(loop=True).blocks()}{self.paragraph('{%p endfor %}')}"

    def whole(self) -> str:
        """Write a paragraph that is a comment, a subdocument, rich paragraphs."""
        return self.paragraph(self.pick("{#p gone #}", "{{p sub }}", "{{p ps }}"), plain=True)

    def table(self) -> str:
        """Write a table, two columns wide; one that loops over columns three."""
        head = self._row(self.paragraph("H0"), self.paragraph("H1"))
        inner = self.inner(loop=True)
        mark = self.pick("{% vm %}v{{ n }}", "{% vm %}v")
        colour = f"{{% cellbg {self.pick('colour', chr(39) + '00FF00' + chr(39))} %}}{{{{ a }}}}"
        rows = self.random.choice([
            head + self._repeated_rows("tr for i in l", inner.text(), inner.paragraph(mark)),
            head + self._repeated_rows("tr for i in empty", inner.text(), inner.text()),
            head + self._repeated_rows(f"tr if {self.condition()}", self.text(), self.text()),
            head + self._row(self.paragraph(colour), self.text()),
            self._row(self.paragraph("{% colspan two %}{{ a }}")) + head,
            head + self._row(self.inner().blocks() + "<w:p/>", self.text()),
        ])  # fmt: skip
        columns = '<w:gridCol w:w="1000"/>' * 2
        return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"

    def _repeated_rows(self, opening: str, *cells: str) -> str:
        end = "tr endfor" if "for" in opening else "tr endif"
        tags = [self._row(self.paragraph(f"{{%{one} %}}"), "<w:p/>") for one in (opening, end)]
        return f"{tags[0]}{self._row(*cells)}{tags[1]}"

    def _row(self, *cells: str) -> str:
        written = [cell("§").replace(_EMPTY, one) for one in cells]
        return f"<w:tr>{''.join(written)}</w:tr>"


_EMPTY = cell("§").partition("</w:tcPr>")[2].removesuffix("</w:tc>")


def context_for(docxtpl: Any, template: Any) -> dict[str, Any]:
    """Make the values that the templates ask for."""
    rich = docxtpl.RichText("粗", bold=True)
    rich.add("\n2\t3", italic=True, color="#ff0000", size=20)
    rich.add(docxtpl.R("x", font="Arial", underline="double", highlight="#00ff00"))
    linked = docxtpl.RichText("见")
    linked.add("链", url_id=template.build_url_id("http://example.org/?a=1&b=2"), style="Strong")
    sub = template.new_subdoc()
    sub.add_paragraph("sub").add_run(" bold").bold = True
    sub.add_table(1, 2).cell(0, 0).text = "c"
    ps = docxtpl.RP("题", parastyle="Heading1")
    ps.add(docxtpl.R("文", bold=True))
    return {
        "a": "A1",
        "b": "值 b",
        "n": 5,
        "two": 2,
        "zero": 0,
        "o": {"k": "K"},
        "l": ["x", "y"],
        "empty": [],
        "none": None,
        "t": True,
        "lines": "l1\nl2",
        "tabs": "t1\tt2\at3",
        "d": dt.date(2020, 1, 2),
        "escaped": "&lt;e&gt; &amp;",
        "colour": "FFAA00",
        "listing": docxtpl.Listing("a<b\nc\ad&e"),
        "image": docxtpl.InlineImage(template, io.BytesIO(png(4, 4)), width=Mm(3)),
        "rich": rich,
        "linked": linked,
        "raised": docxtpl.R("r\an", superscript=True),
        "sub": sub,
        "ps": ps,
    }
