"""Exports from the library and from the review: what to write, how, where to, and what it will look like."""
