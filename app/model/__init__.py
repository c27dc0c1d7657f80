"""The typed graph: its vocabulary, its records, its tables, and one immutable view of it."""
