"""Gold as people write it: marks in text files, built into documents, compared and split."""
