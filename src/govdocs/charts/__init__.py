"""Floor 3: charts: a chart's part and the workbook that it embeds, as one thing.

The series of a chart part are written anew from data: what it keeps of their values, and the cells
of its workbook that they are read from. This room knows no template language, no Word and no sheets
but those that a chart embeds; it is handed parsed parts and bytes.
"""

from govdocs.charts.filling import Filled, fill_chart
from govdocs.charts.fitting import ChartFacts, fit_chart, read_facts

__all__ = ["ChartFacts", "Filled", "fill_chart", "fit_chart", "read_facts"]
