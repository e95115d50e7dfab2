"""Articles in, searchable passages out. Knows nothing of questions."""
