"""Compile and render one part with the caller's own Jinja environment, unchanged by it."""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jinja2
import jinja2.meta
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from govdocs.compat.docxtpl.cells import MARKS
from govdocs.compat.docxtpl.delimiters import Delimiters
from govdocs.compat.docxtpl.faults import TemplateSyntaxError, note_place, syntax_problem
from govdocs.compat.docxtpl.identities import repeated_identities
from govdocs.compat.docxtpl.joining import loose_ends
from govdocs.compat.docxtpl.source import NEW_LINE, PartSource
from govdocs.docx.tree.anchors import Anchor
from govdocs.docx.tree.dialect import DIALECTS
from govdocs.docx.writing.slots import Slot
from govdocs.errors import Place, Problem
from govdocs.language import Placed, Tag, check_tag, pair
from govdocs.language.environment import EXPRESSION, STATEMENT

Writer = Callable[[Any, Slot], str]
_COMMENT = ("\x05", "\x06")
_NEAR = 3
_BLOCK_FAULTS = (
    "template.unclosed_block",
    "template.unexpected_close",
    "template.unexpected_middle",
)


def make_environment(given: jinja2.Environment | None) -> jinja2.Environment:
    """Return the environment to render in: the caller's, or Jinja's sandbox."""
    return given if given is not None else SandboxedEnvironment()


class PartTemplate:
    """One part, ready to be rendered.

    Args:
        name: of the part.
        root: its tree; it is changed.
        environment: the caller's.
        kind: ``paragraphs`` or ``properties``.

    Attributes:
        repeated: ids that the template itself gives more than once.
    """

    def __init__(
        self, name: str, root: Any, environment: jinja2.Environment, kind: str = "paragraphs"
    ) -> None:
        self.name = name
        self._texts = _texts(root)
        self.repeated = repeated_identities(root)
        self._given, self._settings = environment, _settings(environment)
        self._environment = overlay(environment)
        self._environment.filters["_govdocs"] = _as_is
        self._part = PartSource(name, root, kind, Delimiters.of(environment), self._is_sound)
        self.source = self._part.text()
        self._code: Any = None

    def fits(self, environment: jinja2.Environment) -> bool:
        """Tell whether it would be made just so with this environment as it is now."""
        return environment is self._given and _settings(environment) == self._settings

    def _is_sound(self, tag: Tag) -> bool:
        placed = Placed(tag, Place())
        return check_tag(self._environment, placed) is None  # type: ignore[arg-type]

    def _compile(self) -> Any:
        doubtful = [one for one in self._part.anchors if _is_doubtful(one.placed.tag)]
        if self._part.problems or self._check(doubtful):
            raise self._fault([*self._part.problems, *self._check(self._part.anchors)])
        try:
            return self._environment.compile(self.source, self.name, f"<{self.name}>")
        except jinja2.TemplateSyntaxError as error:
            found = self._check(self._part.anchors)
            raise self._fault(found or self._problems_of(error)) from None

    def _check(self, anchors: Iterable[Anchor]) -> list[Problem]:
        """Read tags one by one: that tells all faults, where Jinja tells the first."""
        found = (check_tag(self._environment, one.placed) for one in anchors)  # type: ignore[arg-type]
        return [one for one in found if one is not None]

    def _problems_of(self, error: jinja2.TemplateSyntaxError) -> list[Problem]:
        """Say which block was not closed, where Jinja says only that one was not."""
        anchors = self._part.anchors
        _, faults = pair([one.placed.tag for one in anchors], MARKS)
        known = [one for one in faults if one.code in _BLOCK_FAULTS]
        if not known:
            return [syntax_problem(error, self._part.placed_at(error.lineno), self.name)]
        return [
            Problem(
                one.code,
                (anchors[one.index].placed.place,),
                {"tag": anchors[one.index].placed.tag.text, **one.fields},
            )
            for one in known
        ]

    def _fault(self, problems: list[Problem]) -> TemplateSyntaxError:
        tag = problems[0].place.tag
        line = next((i for i, text in enumerate(self._texts) if tag and tag in text), 0)
        near = self._texts[max(line - _NEAR, 0) : line + _NEAR + 1]
        return TemplateSyntaxError(problems, near)

    def render(self, context: Mapping[str, Any], write: Writer) -> str:
        """Render with ``write`` for printed values; an error says in which tag it came up.

        Raises:
            TemplateSyntaxError: every tag that cannot be read or placed.
        """
        self._code = self._code or self._compile()
        slots, finalize = self._part.slots, self._finalize

        @jinja2.pass_context
        def land(_context: Context, value: Any, number: int) -> Markup:
            return Markup(write(finalize(value), slots[number]))  # noqa: S704 - a slot escapes

        self._environment.filters = {**self._given.filters, "_govdocs": land}
        globals_ = self._environment.make_globals(None)
        template = self._environment.template_class.from_code(
            self._environment, self._code, globals_
        )
        try:
            return template.render(context).replace(NEW_LINE, "\n")
        except Exception as error:
            placed = self._placed_of(error)
            if placed is not None:
                note_place(error, placed)
            raise

    def _finalize(self, value: Any) -> Any:
        finalize = getattr(self._environment, "_govdocs_finalize", None)
        return value if finalize is None else finalize(value)

    def _placed_of(self, error: Exception) -> Placed | None:
        found, step = None, error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_filename == f"<{self.name}>":
                found = self._part.placed_at(step.tb_lineno) or found
            step = step.tb_next
        return found

    def crossing(self, error: Exception) -> Exception:
        """Say which blocks cut elements in two, where what was rendered is no XML."""
        written = self._part.written()
        pieces = re.split(
            f"[{STATEMENT[0]}{EXPRESSION[0]}]\n[^{STATEMENT[1]}{EXPRESSION[1]}]*.", self.source
        )
        problems = []
        for block in pair([one.tag for one in written], MARKS)[0]:
            for first, last in itertools.pairwise(block.tags):
                closed, opened = loose_ends("".join(pieces[first + 1 : last + 1]))
                if closed != opened[::-1]:
                    begin, end = written[block.tags[0]], written[block.tags[-1]]
                    fields = {"tag": begin.tag.text, "other": end.tag.text}
                    problems.append(
                        Problem("template.block_crosses", (begin.place, end.place), fields)
                    )
                    break
        return self._fault(problems) if problems else error

    def names(self) -> set[str]:
        """Name what the part asks for.

        Raises:
            TemplateSyntaxError: every tag that cannot be read or placed.
        """
        self._code = self._code or self._compile()
        return set(jinja2.meta.find_undeclared_variables(self._environment.parse(self.source)))

    def plain_text(self) -> str:
        """Write the source in the delimiters that the template is written in."""
        marks = self._part.delimiters.marks
        expression = f"{EXPRESSION[0]}\n\\((.*?)\\)\\|_govdocs\\(\\d+\\){EXPRESSION[1]}"
        source = re.sub(
            expression, lambda one: f"{marks[0]} {one[1]} {marks[1]}", self.source, flags=re.DOTALL
        )
        statement = f"{STATEMENT[0]}\n(.*?) {STATEMENT[1]}"
        source = re.sub(statement, lambda one: f"{marks[2]} {one[1]} {marks[3]}", source)
        return source.replace(NEW_LINE, "\n")


def _is_doubtful(tag: Tag) -> bool:
    """Whether a printed tag could mean something else in the brackets that it is compiled in."""
    depth = 0
    for bracket in re.findall("[()]", tag.body) if tag.kind == "expr" else ():
        depth += 1 if bracket == "(" else -1
        if depth < 0:
            return True
    return tag.kind == "expr" and not tag.body


def _settings(environment: jinja2.Environment) -> tuple[object, ...]:
    """What of an environment goes into a compiled template."""
    filters, tests = tuple(environment.filters.items()), tuple(environment.tests.items())
    marks = Delimiters.of(environment).marks
    return filters, tests, marks, environment.finalize, environment.undefined


def overlay(given: jinja2.Environment) -> jinja2.Environment:
    """Make an environment like the caller's, with tags between control characters.

    Markup is told from text in it, so that a macro's outcome is not escaped a second time.
    """
    made = given.overlay(
        block_start_string=STATEMENT[0],
        block_end_string=STATEMENT[1],
        variable_start_string=EXPRESSION[0],
        variable_end_string=EXPRESSION[1],
        comment_start_string=_COMMENT[0],
        comment_end_string=_COMMENT[1],
        line_statement_prefix=None,
        line_comment_prefix=None,
        trim_blocks=False,
        lstrip_blocks=False,
        newline_sequence="\n",
        keep_trailing_newline=True,
        autoescape=True,
        cache_size=0,
        optimized=False,
    )
    made._govdocs_finalize = given.finalize  # type: ignore[attr-defined]  # noqa: SLF001
    made.finalize = None
    made.filters = dict(given.filters)
    if given.loader is not None:
        _load_as_usual(made, given)
    return made


def _load_as_usual(made: jinja2.Environment, given: jinja2.Environment) -> None:
    """Let templates that a tag includes or imports be read in the caller's own delimiters."""
    usual = given.overlay(autoescape=True)
    made.get_template = usual.get_template  # type: ignore[method-assign]
    made.select_template = usual.select_template  # type: ignore[method-assign]
    made.get_or_select_template = usual.get_or_select_template  # type: ignore[method-assign]


def escapes_itself(given: jinja2.Environment | None) -> bool:
    """Tell whether an environment escapes what it prints."""
    wanted = given is not None and given.autoescape
    return bool(wanted(None) if callable(wanted) else wanted)


@jinja2.pass_context  # so that Jinja does not print constants while it compiles
def _as_is(_context: Context, value: Any, _number: int) -> Any:
    return value


def _texts(root: Any) -> list[str]:
    """The text of each paragraph."""
    found = []
    for p in root.iter(*DIALECTS):
        t = DIALECTS[p.tag].t
        found.append("".join(one.text or "" for one in p.iter(t)))
    return found
