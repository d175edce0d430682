"""Measure govdocs beside its peers, in one run on this machine: ``python -m bench [name ...]``.

Each workload gives the same document to every engine. What counts is the ratio; the times depend on
the machine. Nothing here is a test: no number makes a run fail.
"""

import sys

from bench import forms, sheets, words
from bench.clock import Row, print_rows

WORKLOADS = {**words.WORKLOADS, **sheets.WORKLOADS, **forms.WORKLOADS}


def main(names: list[str]) -> None:
    """Run the workloads in ``names``, or all of them."""
    unknown = [name for name in names if name not in WORKLOADS]
    if unknown:
        sys.exit(f"no workload {', '.join(unknown)}; there are {', '.join(WORKLOADS)}")
    for name in names or WORKLOADS:
        rows: list[Row] = WORKLOADS[name]()
        print_rows(name, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
