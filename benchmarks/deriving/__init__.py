"""Measuring derivation: the labelled texts, and the parts of `quality/derivation.py`."""
