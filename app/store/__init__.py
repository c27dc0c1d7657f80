"""The database: engine and transactions, migrations, reads, the one door for writes, search, history."""
