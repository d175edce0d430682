"""One formula, seen from one place, rewritten to where its cells are now.

The formula is walked as a tree of calls. What a reference becomes depends on who reads it: to SUM
a loop's row is all of its copies, to an operator it is one cell. What cannot be said is noted as a
fault; a wrong reference is never written. This module knows tokens and views, no text of its own.
"""

from typing import Final, Literal

from govdocs.xlsx.grid.calls import Call, Items, alone, text_of
from govdocs.xlsx.grid.formula import Token
from govdocs.xlsx.grid.functions import ELEMENTWISE, Plan, function_name, maybe_plan
from govdocs.xlsx.grid.pattern import MovedRef, Piece
from govdocs.xlsx.grid.placing import Placer, corner_of, span_of

ARGUMENT_LIMIT: Final = 255
"""How many arguments a call may have (ECMA-376 Part 1, 18.17; Excel's own limit)."""

Reads = Literal["value", "array", "area", "rule"]
"""Who reads it: a cell, an array formula, a holder of areas (a chart, a name), or a rule."""

ADDING: Final = frozenset({"SUM", "N"})
"""Functions that carry the row before on, as ``+`` does."""
_CARRYING: Final = frozenset({"+", "-"})
_SCALING: Final = frozenset({"*", "/", "^", "%", ":"})

_COMMA: Final = Token("comma", ",")
_OPEN: Final = Token("open", "(")
_CLOSE: Final = Token("close", ")")
_PLUS: Final = Token("operator", "+")


class _VanishedError(Exception):
    """All cells of a range are gone; the nearest call that knows the empty set takes it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _ScatteredError(Exception):
    """A range came apart where one rectangle is wanted; a call that can be summed takes it."""

    def __init__(self, text: str, count: int) -> None:
        super().__init__(text)
        self.text = text
        self.count = count


class Rewriting:
    """The rewriting of one formula, as its placer sees the sheets."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._pick: tuple[int, int] | None = None
        self._is_rule = False
        self._function = ""
        self._is_whole = False

    def rewrite(self, formula: Call, reads: Reads) -> list[Piece]:
        """Give the pieces of the rewritten formula."""
        if reads == "area":
            return self._areas(formula)
        self._is_rule = reads == "rule"
        only = alone(formula.arguments[0]) if len(formula.arguments) == 1 else None
        self._is_whole = isinstance(only, Token)
        wide = reads == "array"
        return _joined([self._guarded(items, wide) for items in formula.arguments])

    def _areas(self, formula: Call) -> list[Piece]:
        """References that are read as areas: ``表1!$C$5`` becomes ``表1!$C$5:$C$8``."""
        found = [piece for items in formula.arguments for piece in self._guarded_areas(items)]
        if not found:
            return [self._placer.fault("vanished", text_of(formula.arguments[0]))]
        if len(found) > 1 and len(formula.arguments) == 1:
            return [_OPEN, *_joined(found), _CLOSE]
        return _joined(found)

    def _guarded_areas(self, items: Items) -> list[list[Piece]]:
        try:
            return self._area_arguments(items, wide=True)
        except _ScatteredError as scattered:
            return [[self._placer.fault("scattered", scattered.text)]]

    def _guarded(self, items: Items, wide: bool) -> list[Piece]:
        """Rewrite an argument whose reader knows neither empty sets nor sums of calls."""
        try:
            return self._items(items, wide)
        except _VanishedError as vanished:
            return [self._placer.fault("vanished", vanished.text)]
        except _ScatteredError as scattered:
            return [self._placer.fault("scattered", scattered.text)]

    def _items(self, items: Items, wide: bool) -> list[Piece]:
        pieces: list[Piece] = []
        for index, item in enumerate(items):
            if isinstance(item, Call):
                pieces += self._call(item, wide)
            elif item.ref is not None:
                before = self._maybe_row_before(items, index, wide)
                side = _side_of_colon(items, index)
                pieces.append(before or self._operand(item, wide, side))
            else:
                pieces.append(self._placer.renamed(item))
        return pieces

    def _maybe_row_before(self, items: Items, index: int, wide: bool) -> Piece | None:
        """``=D4+C5`` carries D on: right below its heading the first row reads D4, the next D5.

        Only what is carried on in its own column is meant so: a running balance, a running number.
        A total or a rate above the loop is the same for all rows. A rule is read as if copied.
        Right below the loop ``=D5`` is its last row, the closing balance.
        """
        item = items[index]
        around = {_operator_beside(items, index, step) for step in (-1, 1)}
        if isinstance(item, Call) or around & _SCALING:
            return None
        carries = self._is_rule or bool(around & _CARRYING)
        within = carries or (self._function in ADDING and alone(items) is item)
        below = (carries or self._is_whole) and not wide
        own_column = not self._is_rule
        before = self._placer.maybe_row_before(item, own_column=own_column) if within else None
        if before is None and below:
            before = self._placer.maybe_last_row(item, own_column=own_column)
        return before

    def _operand(self, token: Token, wide: bool, side: int) -> Piece:
        """Rewrite a reference that must stay one rectangle."""
        if side:
            return self._end_of_range(token, side)
        single = token.ref is not None and token.ref.kind == "cell" and not wide
        places = self._placer.places(token, wide=not single)
        if not places and single:
            return self._placer.fault("vanished", token.text)
        if not places:
            raise _VanishedError(token.text)
        return self._one_of(token, places, single)

    def _one_of(self, token: Token, places: list[Piece], single: bool) -> Piece:
        turn, count = self._pick or (0, 1)
        if len(places) == count and not single:
            return places[turn]
        is_cell = token.ref is not None and token.ref.kind == "cell"
        if len(places) == 1 and is_cell:
            return places[0]
        raise _ScatteredError(token.text, len(places))

    def _end_of_range(self, token: Token, side: int) -> Piece:
        """Rewrite ``C5`` of ``C5:INDEX(C:C,9)``: its first copy before a colon, its last after."""
        places = self._placer.places(token, wide=True)
        if not places:
            return self._placer.fault("vanished", token.text)
        first, last = places[0], places[-1]
        if isinstance(first, Token) or isinstance(last, Token):
            return first
        if token.ref is None or token.ref.kind != "cell":
            return span_of(first, last)
        return corner_of(first, first=True) if side == 1 else corner_of(last, first=False)

    def _call(self, call: Call, wide: bool) -> list[Piece]:
        if call.opening is None or call.is_group:
            return self._group(call, wide)
        name = function_name(call.opening.text)
        outer, self._function = self._function, name
        try:
            return self._planned(name, call, wide)
        finally:
            self._function = outer

    def _planned(self, name: str, call: Call, wide: bool) -> list[Piece]:
        plan = maybe_plan(name, text_of(call.arguments[0]))
        if plan is not None and plan.many:
            return self._aggregate(call, plan, wide)
        if plan is not None:
            return self._positional(call, plan, wide)
        work = self._items if name in ELEMENTWISE else self._guarded
        return _called(call, [work(items, wide) for items in call.arguments])

    def _group(self, call: Call, wide: bool) -> list[Piece]:
        if len(call.arguments) == 1:
            return _called(call, [self._items(call.arguments[0], wide)])
        found = [one for items in call.arguments for one in self._area_arguments(items, wide)]
        if not found:
            raise _VanishedError(text_of((call,)))
        return _called(call, found)

    def _aggregate(self, call: Call, plan: Plan, wide: bool) -> list[Piece]:
        """``SUM(C5:C5)`` to ``SUM(C5:C8)``; one area may become several arguments, or none."""
        pick, self._pick = self._pick, None
        found: list[list[Piece]] = []
        areas = 0
        for index, items in enumerate(call.arguments):
            if index in plan.areas:
                own = self._area_arguments(items, wide)
                areas += len(own)
                found += own
            else:
                found.append(self._guarded(items, wide))
        self._pick = pick
        if areas == 0 and len(call.arguments) > 0 and text_of(call.arguments[-1]).strip():
            return [self._empty(call, plan)]
        return self._within_limit(call, plan, found, areas)

    def _within_limit(
        self, call: Call, plan: Plan, found: list[list[Piece]], areas: int
    ) -> list[Piece]:
        """Write more areas than a call takes arguments as one union, or as their hull."""
        if len(found) <= ARGUMENT_LIMIT:
            return _called(call, found)
        if plan.skips_subtotals:
            spans = self._spans(call, plan)
            return _called(call, [*found[: len(found) - areas], *spans])
        ahead = len(found) - areas
        if plan.empty in {"0", "#DIV/0!", "#NUM!"} and all(len(own) == 1 for own in found[ahead:]):
            union: list[Piece] = [_OPEN, *_joined(found[ahead:]), _CLOSE]
            return _called(call, [*found[:ahead], union])
        return [self._placer.fault("scattered", text_of((call,)))]

    def _spans(self, call: Call, plan: Plan) -> list[list[Piece]]:
        """Areas of SUBTOTAL from first to last copy, where what lies between does not count."""
        spans: list[list[Piece]] = []
        for index, items in enumerate(call.arguments):
            only = alone(items)
            if index not in plan.areas:
                continue
            if not isinstance(only, Token) or not self._placer.may_be_spanned(only):
                return [[self._placer.fault("scattered", text_of(items))]]
            places = self._placer.places(only, wide=True)
            moved = [piece for piece in places if isinstance(piece, MovedRef)]
            spans.append([span_of(moved[0], moved[-1])] if moved else places)
        return spans

    def _area_arguments(self, items: Items, wide: bool) -> list[list[Piece]]:
        """Rewrite an argument that is read as an area: to one argument, several, or none."""
        only = alone(items)
        if isinstance(only, Token) and only.ref is not None:
            before = self._maybe_row_before(items, items.index(only), wide=True)
            places = [before] if before else self._placer.places(only, wide=True)
            return [_spaced(items, place) for place in places[:1]] + [[p] for p in places[1:]]
        if isinstance(only, Call) and only.is_group:
            inner = [one for own in only.arguments for one in self._area_arguments(own, wide)]
            return [_called(only, inner)] if inner else []
        try:
            return [self._items(items, wide)]
        except _VanishedError:
            return []

    def _positional(self, call: Call, plan: Plan, wide: bool) -> list[Piece]:
        """A call whose arguments have their places: nothing can be left out or added."""
        try:
            return self._arguments(call, plan, wide)
        except _VanishedError:
            return [self._empty(call, plan)]
        except _ScatteredError as scattered:
            if not plan.spreads or self._pick is not None:
                raise
            return self._spread(call, plan, wide, scattered)

    def _arguments(self, call: Call, plan: Plan, wide: bool) -> list[Piece]:
        found = []
        for index, items in enumerate(call.arguments):
            only = alone(items)
            if index in plan.areas and isinstance(only, Token) and only.ref is not None:
                found.append(_spaced(items, self._operand(only, True, 0)))
            elif index in plan.areas or wide:
                found.append(self._items(items, wide or plan.array))
            else:
                found.append(self._guarded(items, wide))
        return _called(call, found)

    def _spread(
        self, call: Call, plan: Plan, wide: bool, scattered: _ScatteredError
    ) -> list[Piece]:
        """``SUMIF(B6:B6,x,C6:C6)`` to ``(SUMIF(B6:B7,x,C6:C7)+SUMIF(B10:B10,x,C10:C10))``."""
        sums: list[Piece] = [_OPEN]
        try:
            for turn in range(scattered.count):
                self._pick = (turn, scattered.count)
                sums += [*self._arguments(call, plan, wide), _PLUS]
        except _ScatteredError as mixed:
            return [self._placer.fault("scattered", mixed.text)]
        finally:
            self._pick = None
        sums[-1] = _CLOSE
        return sums

    def _empty(self, call: Call, plan: Plan) -> Token:
        """The value of a call over nothing."""
        if plan.empty is None:
            return self._placer.fault("vanished", text_of((call,)))
        kind: Literal["number", "string", "error"] = "error"
        if not plan.empty.startswith("#"):
            kind = "number" if plan.empty == "0" else "string"
        return Token(kind, plan.empty)


def _operator_beside(items: Items, index: int, step: int) -> str:
    """Give the operator before (-1) or behind (1) an item; empty if there is none."""
    other = index + step
    while 0 <= other < len(items):
        item = items[other]
        if not isinstance(item, Token) or item.kind != "space":
            return item.text if isinstance(item, Token) and item.kind == "operator" else ""
        other += step
    return ""


def _side_of_colon(items: Items, index: int) -> int:
    """1 for the operand before a colon, 2 for the one after it, else 0."""
    for step, side in ((1, 1), (-1, 2)):
        other = index + step
        while 0 <= other < len(items):
            item = items[other]
            if not isinstance(item, Token) or item.kind != "space":
                if isinstance(item, Token) and item.text == ":":
                    return side
                break
            other += step
    return 0


def _spaced(items: Items, piece: Piece) -> list[Piece]:
    """Put a piece in the place of the only solid item."""
    return [item if isinstance(item, Token) and item.kind == "space" else piece for item in items]


def _joined(arguments: list[list[Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    for index, own in enumerate(arguments):
        pieces += [_COMMA, *own] if index else own
    return pieces


def _called(call: Call, arguments: list[list[Piece]]) -> list[Piece]:
    """Write a call with new arguments."""
    opening = [call.opening] if call.opening else []
    closing = [call.closing] if call.closing else []
    return [*opening, *_joined(arguments), *closing]
