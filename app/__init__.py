"""Cruxmap: an argument-mapping knowledge base for comment threads."""
