"""Ways in and out of the map, one module a format. Pure: files and records, no database."""
