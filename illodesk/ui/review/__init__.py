"""The review page: one conversation, to be read, heard, questioned and corrected."""
