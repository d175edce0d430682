"""Floor 4: the Excel engine: find tags in sheets, compile, fill, read back.

``grid`` follows rows and columns: it is text and numbers only. This room never meets ``docx`` and
knows no form.
"""
