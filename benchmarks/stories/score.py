"""All figures of a telling against its truth, as one flat table."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from retold.model import Telling
from stories.actors import Joined, joined
from stories.chains import Chains, chains
from stories.changes import Changed, changed
from stories.passages import Links, links
from stories.quotations import Said, said
from stories.reading import Pages, pages
from stories.stemma import Descent, descent
from stories.truth import Located, Story

__all__ = ["COUNTS_OF_MISTAKES", "Score", "score", "total"]

# Measures that are better when they are smaller.
COUNTS_OF_MISTAKES = frozenset({"not quotations", "false merges", "never changes", "unresolved"})


@dataclass
class Score:
    """Counts of one story, or the sum of several.

    Attributes:
        unresolved: words of the truth that are in no text of the telling.
        errors: one line each, in the order of the stages.
    """

    name: str
    pages: Pages = field(default_factory=Pages)
    links: Links = field(default_factory=Links)
    said: Said = field(default_factory=Said)
    chains: Chains = field(default_factory=Chains)
    joined: Joined = field(default_factory=Joined)
    changed: Changed = field(default_factory=Changed)
    descent: Descent = field(default_factory=Descent)
    unresolved: int = 0
    errors: list[str] = field(default_factory=list)

    def measures(self) -> dict[str, float]:
        """The figures that have floors, each in [0, 1] or a count of mistakes."""
        said, changed, descent = self.said, self.changed, self.descent
        return {
            "pages' facts": _share(self.pages.right, self.pages.truth),
            "pairs F1": _f1(self.links.right, self.links.spurious, self.links.missed),
            "pairs precision": _share(self.links.right, self.links.right + self.links.spurious),
            "quotations found": _share(said.found, said.truth),
            "marked quotations found": _share(said.marked_found, said.marked),
            "quotations not spurious": 1 - _share(said.spurious, said.predicted, empty=0.0),
            "kind": _share(said.kind, said.truth),
            "speaker": _share(said.speaker, said.truth),
            "carriers": _share(said.carriers, said.truth),
            "chains": _share(self.chains.right, self.chains.truth),
            "not quotations": said.fired,
            "names F1": _f1(self.joined.right, self.joined.wrong, self.joined.missed),
            "false merges": self.joined.false_merges,
            "changes found": _share(changed.found, changed.truth),
            "never changes": changed.fired,
            "edges right": _share(descent.right, descent.truth),
            "edges precision": _share(descent.right, descent.right + descent.wrong),
            "unresolved": self.unresolved,
        }


def _share(part: float, whole: float, empty: float = 1.0) -> float:
    return part / whole if whole else empty


def _f1(right: int, spurious: int, missed: int) -> float:
    return _share(2 * right, 2 * right + spurious + missed)


def score(story: Story, telling: Telling) -> Score:
    """A telling of the story's reports against the story's truth."""
    located = Located(story, telling)
    result = Score(story.name)
    result.pages = pages(located, result.errors)
    result.links = links(located, result.errors)
    result.said = said(located, result.errors)
    result.chains = chains(located, result.errors)
    result.joined = joined(located, result.errors)
    result.changed = changed(located, result.errors)
    result.descent = descent(located, result.errors)
    unresolved = sorted(set(located.unresolved))
    result.unresolved = len(unresolved)
    result.errors += [f"not in the text: {words}" for words in unresolved]
    return result


def total(scores: list[Score]) -> Score:
    """The counts of several stories added up."""
    result = Score("all")
    for one in scores:
        for part in ("pages", "links", "said", "chains", "joined", "changed", "descent"):
            mine, theirs = getattr(result, part), getattr(one, part)
            for count in fields(mine):
                added = getattr(mine, count.name) + getattr(theirs, count.name)
                setattr(mine, count.name, added)
        result.unresolved += one.unresolved
    return result
