"""Functions on text alone: they know nothing of reports."""
