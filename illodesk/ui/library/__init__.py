"""The library page: every conversation, what was said in them, and the queue of recordings to analyse."""
