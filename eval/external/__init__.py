"""Suites over public corpora, read in place."""
