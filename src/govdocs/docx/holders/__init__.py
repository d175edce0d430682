"""What has a name in a document: content controls, bookmarks, pictures; bound from outside."""
