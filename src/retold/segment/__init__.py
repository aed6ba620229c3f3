"""Report to sentences and words: `segment`."""

from retold.segment.cut import segment

__all__ = ["segment"]
