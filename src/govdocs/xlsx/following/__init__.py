"""Everything that holds a reference follows: one module for each kind of thing."""
