"""What several tests need: a browser, a PostgreSQL server, a served map."""
