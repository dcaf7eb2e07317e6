"""Which documents an annotator should correct next, so that the models learn most."""
