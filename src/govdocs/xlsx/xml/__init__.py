"""The ground of the Excel engine: small parts as bytes, edited in place; encodings; tokens."""
