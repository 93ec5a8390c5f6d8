"""What is kept: SQLite through SQLModel, artifact bundles, exports."""
