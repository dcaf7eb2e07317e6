"""The evaluation report: a self-contained HTML page, with its summary as JSON and Markdown."""
