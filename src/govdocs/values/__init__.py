"""Floor 2: values with no XML and no Jinja: dates, numerals, amounts, number formats, pictures.

Each module is a small trade of its own and names its source; a module knows no more of its
neighbours than numbers and serials. Nothing here opens a document, and nothing is imported
before it is used: take what you need from its module.
"""
