"""The code that a program becomes: Jinja's own, with every expression inside a ``try``.

An expression that fails is noted with the line of its tag and the filling goes on, so that one
failure does not hide the others. What a block captures (``set``, ``macro``, ``call``, a recursive
loop) comes back as markup. Nothing here runs when a document is filled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

_NO_BRANCH = -1


class FaultTolerantGenerator(CodeGenerator):
    """Writes the Python code of one program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._callees: set[int] = set()
        self._captures: list[int] = []

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write static text as it is and each expression inside a ``try``."""
        for child in node.nodes:
            alone = nodes.Output([child], lineno=node.lineno)
            if isinstance(child, nodes.TemplateData):
                super().visit_Output(alone, frame)
            else:
                with self._guarded(child):
                    super().visit_Output(alone, frame)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Choose the branch first, inside a ``try``; a condition that fails chooses none."""
        inner = frame.soft()
        branches = [node, *node.elif_]
        chosen = self.temporary_identifier()
        with self._guarded(node, f"{chosen} = {_NO_BRANCH}"):
            self.writeline(f"{chosen} = (", node)
            for number, branch in enumerate(branches):
                self.newline(branch)
                self.write(f"{number} if ")
                self.visit(branch.test, inner)
                self.write(" else ")
            self.write(f"{len(branches)})")
        bodies = [branch.body for branch in branches]
        for number, body in enumerate([*bodies, node.else_] if node.else_ else bodies):
            self.writeline(f"{'el' if number else ''}if {chosen} == {number}:")
            self._write_block(body, inner)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Look at what is looped over first, inside a ``try``; what fails has no items."""
        name = f"_govdocs_{self.temporary_identifier()}"
        items = frame.symbols.declare_parameter(name)
        with self._guarded(node, f"{items} = ()"):
            self.newline(node)
            self.write(f"{items} = environment.begin_loop(")
            self.visit(node.iter, frame)
            from_data = isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.Getitem)
            self.write(f", {_static_size(node.body)}, {from_data})")
        node.iter = nodes.Name(name, "load", lineno=node.lineno)
        with self._capturing(node):
            super().visit_For(node, frame)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Assign inside a ``try``; a name whose value failed stands for nothing, in silence."""
        with self._guarded(node, f"{self._refs(node.target, frame)}environment.told"):
            super().visit_Assign(node, frame)

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Run a ``do`` inside a ``try``."""
        with self._guarded(node):
            super().visit_ExprStmt(node, frame)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Let what a ``set`` block prints be markup."""
        self.push_assign_tracking()
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        printed = f"concat({inner.buffer})"
        if node.filter is not None:
            inner.buffer = "texts_"
        self.newline(node)
        self.visit(node.target, frame)
        self.write(" = environment.capture(")
        self._write_filtered(printed, node.filter, inner)
        self.write(f", {node.lineno})")
        self.pop_assign_tracking(frame)
        self.leave_frame(inner)

    def visit_With(self, node: nodes.With, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Give names to values, each inside a ``try``."""
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        for target, value in zip(node.targets, node.values, strict=True):
            with self._guarded(node, f"{self._refs(target, inner)}environment.told"):
                self.newline(node)
                self.visit(target, inner)
                self.write(" = ")
                self.visit(value, frame)
        self.blockvisit(node.body, inner)
        self.leave_frame(inner)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Filter the texts that the block prints, not the markup around them."""
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        printed, inner.buffer = f"concat({inner.buffer})", "texts_"
        with self._guarded(node):
            self.start_write(frame, node)
            self._write_filtered(printed, node.filter, inner)
            self.end_write(frame)
        self.leave_frame(inner)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Call inside a ``try``; what comes back is printed as markup."""
        with self._capturing(node):
            call_frame, macro_ref = self.macro_body(node, frame)
        self.writeline("caller = ")
        self.macro_def(macro_ref, call_frame)
        with self._guarded(node):
            self.start_write(frame, node)
            self.write("environment.spill(")
            self.visit_Call(node.call, frame, forward_caller=True)
            self.write(")")
            self.end_write(frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Let what a macro prints be markup."""
        with self._capturing(node):
            super().visit_Macro(node, frame)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Return what a macro, a call block or a recursive loop printed."""
        del force_unescaped
        self.writeline(f"return environment.capture(concat({frame.buffer}), {self._captures[-1]})")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Join texts, unless the outcome would be absurdly long."""
        self.write("environment.join_texts((")
        for child in node.nodes:
            self.visit(child, frame)
            self.write(", ")
        self.write("))")

    def visit_Call(  # noqa: N802 - Jinja's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Call a method or a function."""
        self._callees.add(id(node.node))
        super().visit_Call(node, frame, forward_caller=forward_caller)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Ask for a member of the data, or for a method if it is called at once."""
        act = "getattr" if id(node) in self._callees else "member"
        self.write(f"environment.{act}(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _write_block(self, body: list[nodes.Node], frame: Frame) -> None:
        self.indent()
        self.blockvisit(body, frame)
        self.outdent()

    def _write_filtered(self, printed: str, used: nodes.Filter | None, inner: Frame) -> None:
        if used is None:
            self.write(printed)
            return
        self.write(f"environment.filter_texts({printed}, lambda texts_: ")
        self.visit_Filter(used, inner)
        self.write(")")

    def _refs(self, target: nodes.Node, frame: Frame) -> str:
        """Write the names that ``target`` assigns to, for an assignment of one value to all."""
        names = [target, *target.find_all(nodes.Name)]
        found = [frame.symbols.ref(one.name) for one in names if isinstance(one, nodes.Name)]
        return "".join(f"{ref} = " for ref in dict.fromkeys(found))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Begin a printed value: what a slot wrote is a text already."""
        if isinstance(node, nodes.Filter) and node.name.startswith("_"):
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)

    @contextmanager
    def _capturing(self, node: nodes.Node) -> Iterator[None]:
        self._captures.append(node.lineno)
        yield
        self._captures.pop()

    @contextmanager
    def _guarded(self, node: nodes.Node, otherwise: str = "") -> Iterator[None]:
        """Put what is written inside a ``try``."""
        self.writeline("try:", node)
        self.indent()
        yield
        self.outdent()
        self.writeline("except Exception as caught_:")
        self.indent()
        self.writeline(f"environment.caught(caught_, {node.lineno})")
        if otherwise:
            self.writeline(otherwise)
        self.outdent()


def _static_size(body: list[nodes.Node]) -> int:
    """Count the characters that one pass of a loop writes; inner loops count their own."""
    size = 32
    waiting: list[nodes.Node] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.TemplateData):
            size += len(node.data)
        elif not isinstance(node, nodes.For):
            waiting.extend(node.iter_child_nodes())
    return size
