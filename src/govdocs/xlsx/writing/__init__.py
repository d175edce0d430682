"""One filling: render, find out where everything has gone, put the sheets together."""
