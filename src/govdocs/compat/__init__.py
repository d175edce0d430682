"""Floor 5: the names of other libraries, for programs that were written for them.

A program moves over by changing one import. Nothing here is imported by the rest of the library.
"""
