"""Scoring a telling against a story's `truth.json` (its format: `examples/README.md`)."""
