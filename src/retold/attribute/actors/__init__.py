"""Actors: the people, institutions, places and offices behind names.

`find_actors` finds all of one report, `resolve` tells who a span of it names, `join_actors`
makes them one over the reports of a story.
"""

from __future__ import annotations

from retold.attribute.actors.across import join_actors
from retold.attribute.actors.finding import ActorsOfReport, Mention, find_actors, resolve

__all__ = ["ActorsOfReport", "Mention", "find_actors", "join_actors", "resolve"]
