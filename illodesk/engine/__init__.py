"""Sound in, events out. Knows no Qt, no HTTP and no SQL."""
