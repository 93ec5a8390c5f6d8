"""How people talk: markers, timing, cognitive state, commitment, signals, quality."""
