"""Retold: one statement, many tellings."""

from retold.version import __version__

__all__ = ["__version__"]
