"""Sound from outside."""
