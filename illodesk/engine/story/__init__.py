"""The shape of the conversation: transitions, moments, segmentation, summary, insights."""
