"""Makes the official templates in ``templates/``, the same bytes on every run.

The statutory rows come from the form's definition in ``govdocs.forms``, the prose of a report from
``<form>.txt`` in ``prose``. It never opens a template that is already there: what a clerk has
restyled in a folder of his own is not touched by it.

``markup`` < ``styles``, ``page``, ``lines``, ``grids`` < ``forms``, ``tables``, ``rules`` <
``report``, ``sheet`` < ``__main__``.
"""
