"""Traditions made up: texts copied down known shapes, to measure how well descent is found."""
