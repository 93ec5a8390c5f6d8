"""Who speaks: embeddings, online assignment, global clustering."""
