"""The tables of stories: which report is in which, what became of old ones, how far grouping is."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from retold.archive.tables import metadata
from retold.engines.columns import TABLE, Bytes, Json, Number, Words

__all__ = ["checkpoint", "gist", "grouping", "member", "merge", "reason", "story", "trace"]

# Narrow, so that a page of 100,000 stories is found in a few milliseconds.
story = Table(
    "story",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("first", Number, nullable=False),  # when its earliest report counts as published
    Column("last", Number, nullable=False),  # and its latest; both as in `listing.moment`
    Column("title", Words, nullable=False),  # headline of the earliest report
    Column("since", Words),  # publication of the earliest report, as given
    Column("until", Words),  # and of the latest
    Column("reports", Number, nullable=False),
    Column("outlets", Number, nullable=False),
    Column("tellings", Number, nullable=False),  # that do not copy one another
    Column("languages", Words, nullable=False),  # codes, the most frequent first, spaces between
    Column("round_up", Number, nullable=False),  # 1 where all its reports are round-ups
    Column("by_hand", Number, nullable=False),  # 1 where people decided something
    Column("kinds", Number),  # a bit for each kind of change of its telling; NULL for none kept
    Column("run", Number, ForeignKey("run.number"), nullable=False),
    **TABLE,
)
Index("story_last", story.c.last, story.c.number)

# One row a report, from the moment that grouping has seen it.
member = Table(
    "member",
    metadata,
    Column("report", Number, ForeignKey("report.number"), primary_key=True, autoincrement=False),
    Column("day", Number, nullable=False),  # under which it is decided, days since the year 1
    Column("key", Words, nullable=False),  # its place in the order of that day
    Column("dated", Number, nullable=False),  # 0 where its date is unknown or not believed
    Column("outlet", Words),  # what counts as one outlet
    Column("grouped", Words),  # id of the story by grouping alone; NULL until it is decided
    Column("story", Number, ForeignKey("story.number")),  # with what people decided
    Column("copy_of", Words),  # id of a report
    Column("round_up", Number, nullable=False),
    Column("probably", Number, nullable=False),
    Column("by_hand", Number, nullable=False),
    **TABLE,
)
Index("member_story", member.c.story)
Index("member_grouped", member.c.grouped)
Index("member_day", member.c.day, member.c.key)

# Why a report is where it is: evidence as JSON, packed. Apart, because it is long.
reason = Table(
    "reason",
    metadata,
    Column("report", Number, ForeignKey("report.number"), primary_key=True, autoincrement=False),
    Column("packed", Bytes, nullable=False),
    **TABLE,
)

# Ids of stories that are no more, and the one that most of their reports are in now.
trace = Table(
    "story_trace",
    metadata,
    Column("old", Words, primary_key=True),
    Column("new", Words, nullable=False),
    **TABLE,
)
Index("story_trace_new", trace.c.new)

# Stories that grouping made one after their first reports were closed.
merge = Table(
    "story_merge",
    metadata,
    Column("old", Words, primary_key=True),
    Column("new", Words, nullable=False),
    Column("day", Number, nullable=False),  # on which it happened
    **TABLE,
)

# What a list says of a story whose telling is kept; it holds while `story.kinds` is not NULL.
gist = Table(
    "gist",
    metadata,
    Column("story", Words, primary_key=True),
    Column("gist", Json, nullable=False),  # a `retold.holdings.Gist`
    **TABLE,
)

# How far grouping is; one row.
grouping = Table(
    "grouping_state",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("run", Number, ForeignKey("run.number"), nullable=False),
    Column("reports", Number, nullable=False),  # all up to this number have a row in `member`
    Column("dirty", Number),  # the first day that is to be decided (anew); NULL for none
    Column("corrections", Number, nullable=False),  # the newest that was looked at
    Column("used", Json, nullable=False),  # corrections that grouping was given: number, first day
    **TABLE,
)

# What grouping knows when a day begins, before any report of it.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("day", Number, primary_key=True, autoincrement=False),
    Column("size", Number, nullable=False),
    Column("packing", Words, nullable=False),
    Column("packed", Bytes, nullable=False),
    **TABLE,
)
