"""Charts of a document: their series, their own parts, the workbooks they are drawn from."""
