"""What the tests of several rooms share, one module per act."""
