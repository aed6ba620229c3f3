"""Joins reading and what follows to the archive: watching feeds, adding, keeping up to date."""
