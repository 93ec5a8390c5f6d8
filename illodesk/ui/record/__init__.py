"""The record page: sources, purpose and consent, what is said while it is said, marks."""
