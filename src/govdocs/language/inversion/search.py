"""The cheapest way through a graph of positions and states, and whether there is a second one.

Dijkstra's (A*, where what is still to come can be told), with ties taken from left to right. Every
node is looked at once, so the work grows with positions times states and never with the number of
ways. What the nodes mean is others' affair.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

Node = tuple[int, int, int]
"""Position, state, and a step within the state."""
Edge = tuple[int, Node, Any]
"""What it costs, where it leads, what it says."""


_MAX_FORKS = 24


@dataclass(frozen=True, slots=True)
class Way:
    """A way through.

    Attributes:
        labels: of its edges, in order.
        others: of further ways that cost the same, one for each place where there is a choice.
    """

    cost: int
    labels: tuple[Any, ...]
    others: tuple[tuple[Any, ...], ...] = ()


def _nothing(_: Node) -> int:
    return 0


def find_way(
    start: Node,
    end: Node,
    expand: Callable[[Node], Iterable[Edge]],
    limit: int,
    nodes: int,
    ahead: Callable[[Node], int] = _nothing,
) -> Way | None:
    """Find the cheapest way.

    Args:
        start: the first node.
        end: the last one.
        expand: gives a node's edges.
        limit: what it may cost at most.
        nodes: how many nodes are looked at at most.
        ahead: what the rest of the way costs at least; never falls by more than an edge costs.
    """
    costs: dict[Node, int] = {start: 0}
    back: dict[Node, list[tuple[Node, Any]]] = {start: []}
    done: set[Node] = set()
    heap: list[tuple[int, Node]] = [(ahead(start), start)]
    while heap:
        least, node = heappop(heap)
        if node in done:
            continue
        cost = costs[node]
        if least > limit or len(done) > nodes:
            return None
        if node == end:
            return _found(cost, end, back)
        done.add(node)
        for price, to, label in expand(node):
            total = cost + price
            known = costs.get(to)
            if known is None or total < known:
                costs[to] = total
                back[to] = [(node, label)]
                heappush(heap, (total + ahead(to), to))
            elif total == known and to not in done:
                back[to].append((node, label))
    return None


def _found(cost: int, end: Node, back: dict[Node, list[tuple[Node, Any]]]) -> Way:
    labels, forks = _walk(end, back, None)
    others = (tuple(_walk(end, back, fork)[0]) for fork in forks[:_MAX_FORKS])
    return Way(cost, tuple(labels), tuple(others))


def _walk(
    end: Node, back: dict[Node, list[tuple[Node, Any]]], turn: Node | None
) -> tuple[list[Any], list[Node]]:
    """Go back from the end; at ``turn`` take the second way. Tell too where there is a choice."""
    labels: list[Any] = []
    forks: list[Node] = []
    node = end
    while back[node]:
        ways = back[node]
        if len(ways) > 1:
            forks.append(node)
            ways = sorted(ways, key=lambda way: way[0])
        node, label = ways[1] if turn == node else ways[0]
        if label is not None:
            labels.append(label)
    return labels[::-1], forks
