"""What was said: voice activity, endpointing, recognisers."""
