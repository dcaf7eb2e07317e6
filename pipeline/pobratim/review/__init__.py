"""The annotators' page: corrections kept as events, shown and made in a browser."""
