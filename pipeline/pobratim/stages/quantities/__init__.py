"""Numbers with what they count: numerals, units, counted nouns, categories."""
