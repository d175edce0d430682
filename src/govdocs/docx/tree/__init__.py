"""The ground of the Word engine: paragraphs as text, anchors, ids, and questions about a tree."""
