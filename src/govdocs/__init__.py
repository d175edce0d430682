"""govdocs fills official Word reports and Excel statistics sheets from a Python dict."""
