"""Entities from our own models, or from a checkpoint of the user's, as one stage."""
