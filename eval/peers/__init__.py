"""Other tools behind one call: text in, :class:`pobratim.schema.Document` out."""
