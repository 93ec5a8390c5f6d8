"""How it sounded and what it expressed: text emotion, arousal, dominance, fusion."""
