"""Take times and print them as ratios."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One engine's time for a workload; the first row of a workload is ours.

    Attributes:
        engine: what was run.
        seconds: median of the runs.
        wanted: how many times ours it is meant to take at least; 0 for no wish.
    """

    engine: str
    seconds: float
    wanted: float = 0


def median(work: Callable[[], object], runs: int = 5, repeat: int = 1) -> float:
    """Return the median seconds of one call of ``work``, after one warming call."""
    work()
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        for _ in range(repeat):
            work()
        times.append((time.perf_counter() - start) / repeat)
    return statistics.median(times)


def print_rows(name: str, rows: list[Row]) -> None:
    """Print a workload's table."""
    print(f"\n{name}")
    ours = rows[0].seconds
    for row in rows:
        ratio = row.seconds / ours
        wish = f"   wanted: {row.wanted:g}x" if row.wanted else ""
        print(f"  {row.engine:<44}{row.seconds * 1000:>11.3f} ms{ratio:>9.1f}x{wish}")
