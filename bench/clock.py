"""Take times and print them as ratios."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


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


def median(
    work: Callable[[], object], runs: int = 5, repeat: int = 1, *, warm: bool = True
) -> float:
    """Return the median seconds of one call of ``work``, after one warming call."""
    if warm:
        work()
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        for _ in range(repeat):
            work()
        times.append((time.perf_counter() - start) / repeat)
    return statistics.median(times)


def peak_memory(template: Path, data: Mapping[str, object]) -> float:
    """Return the peak memory in MB of a new process that compiles and fills ``template``."""
    code = f"import govdocs; govdocs.Template({str(template)!r}).fill({dict(data)!r});"
    # ru_maxrss of a child counts its parent too; the high-water mark of its own is here.
    code += "print(next(line for line in open('/proc/self/status') if 'VmHWM' in line).split()[1])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def memory_above(template: Path, data: str) -> float:
    """Return the peak memory in MB that filling takes above what stood there before it began.

    Args:
        template: compiled in a new process.
        data: a Python expression that makes the data, before the memory is looked at.
    """
    look = "int(next(l for l in open('/proc/self/status') if {!r} in l).split()[1])"
    code = f"import govdocs; template = govdocs.Template({str(template)!r}); data = {data};"
    code += f"before = {look.format('VmRSS')}; template.fill(data);"
    code += f"print({look.format('VmHWM')} - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def print_rows(name: str, rows: list[Row]) -> None:
    """Print a workload's table."""
    print(f"\n{name}")
    ours = rows[0].seconds
    for row in rows:
        ratio = row.seconds / ours
        wish = f"   wanted: {row.wanted:g}x" if row.wanted else ""
        print(f"  {row.engine:<44}{row.seconds * 1000:>11.3f} ms{ratio:>9.1f}x{wish}")
