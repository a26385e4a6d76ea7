"""The observation table: its schema, validation and store."""
