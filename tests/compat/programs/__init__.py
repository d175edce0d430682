"""Programs written for docxtpl; each is given the module that it would import.

``make`` and ``write`` stand for files that a person has: a template as Word saves it.
"""
