"""Measuring collation: labelled cases, aligners, and the parts of `quality/collation.py`."""
