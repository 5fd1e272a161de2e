"""A kit as plain records, from its files and from the database."""
