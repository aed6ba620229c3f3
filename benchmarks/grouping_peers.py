"""What others do, small: grouped by the same reports in the same order.

Kept here for comparison only. Each is a function from reports (and one setting) to stories; the
setting is chosen by `best` on the early half, as ours is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from grouping_sets import Set, scores
from retold.model import Report

Stories = dict[str, str]
Peer = Callable[[Sequence[Report], float, Any], Stories]
_WINDOW = 3
_NAME = re.compile(r"(?<![.!?:\"“]\s)(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)*")


def day(report: Report) -> int:
    """Its day; 0 without one."""
    return date.fromisoformat(report.published[:10]).toordinal() if report.published else 0


def fitted(past: Sequence[Report]) -> Any:
    """TF-IDF weights from other texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=1).fit(
        [text(one) for one in past]
    )


def text(report: Report) -> str:
    """Title and text."""
    return f"{report.title or ''}\n{report.text}"


def headline_jaccard(reports: Sequence[Report], threshold: float, _: Any) -> Stories:
    """Words of headlines, joined by the best earlier report inside the window."""
    heads = [
        set(re.findall(r"\w+", (one.title or one.text.partition("\n")[0]).lower()))
        for one in reports
    ]
    found: Stories = {}
    for i, one in enumerate(reports):
        best, where = threshold, one.id
        for j in range(i - 1, -1, -1):
            if day(one) - day(reports[j]) > _WINDOW:
                break
            union = len(heads[i] | heads[j])
            value = len(heads[i] & heads[j]) / union if union else 0.0
            if value > best:
                best, where = value, found[reports[j].id]
        found[one.id] = where
    return found


def single_link(reports: Sequence[Report], threshold: float, weights: Any) -> Stories:
    """TF-IDF cosine, every pair above the threshold joins."""
    rows = weights.transform([text(one) for one in reports])
    parent = list(range(len(reports)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    days = np.array([day(one) for one in reports])
    for begin in range(0, len(reports), 500):
        near = (rows[begin : begin + 500] @ rows.T).tocoo()
        for i, j, value in zip(near.row + begin, near.col, near.data, strict=True):
            if j < i and value > threshold and abs(days[i] - days[j]) <= _WINDOW:
                parent[find(int(i))] = find(int(j))
    return {one.id: str(find(i)) for i, one in enumerate(reports)}


def centroid(reports: Sequence[Report], threshold: float, weights: Any) -> Stories:
    """One TF-IDF vector, nearest centroid inside the window, as they come."""
    rows = weights.transform([text(one) for one in reports])
    centres: list[Any] = []
    last: list[int] = []
    found: Stories = {}
    for i, one in enumerate(reports):
        best, where = threshold, -1
        row = rows[i]
        for story in range(len(centres) - 1, -1, -1):
            if day(one) - last[story] > _WINDOW:
                continue
            value = row.multiply(centres[story]).sum() / np.sqrt(
                centres[story].multiply(centres[story]).sum() or 1.0
            )
            if value > best:
                best, where = value, story
        if where < 0:
            centres.append(row)
            last.append(day(one))
            where = len(centres) - 1
        else:
            centres[where] = centres[where] + row
            last[where] = day(one)
        found[one.id] = str(where)
    return found


def hdbscan(reports: Sequence[Report], threshold: float, weights: Any) -> Stories:
    """HDBSCAN (Campello et al. 2013) on SVD of TF-IDF and time; what it calls noise stays alone.

    `threshold` is the weight of a day in the distance.
    """
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import TruncatedSVD

    rows = weights.transform([text(one) for one in reports])
    dense = TruncatedSVD(100, random_state=0).fit_transform(rows)
    dense /= np.linalg.norm(dense, axis=1, keepdims=True) + 1e-9
    days = np.array([day(one) for one in reports], dtype=float)[:, None] * threshold
    labels = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(np.hstack([dense, days]))
    return {
        one.id: str(label) if label >= 0 else one.id
        for one, label in zip(reports, labels, strict=True)
    }


class Miranda:
    """After Miranda et al. 2018: nine sparse vectors and three times a cluster, learned to join.

    Words, word pairs standing for lemmas, and names, each of title, body and both; the learned
    decision is one linear model for rank and join.
    """

    def __init__(self, past: Set) -> None:
        from sklearn.linear_model import LogisticRegression

        self._fit(past.reports)
        self._model: Any = None
        rows, labels = self._replay(past)
        self._model = LogisticRegression(C=10.0, max_iter=2000, class_weight=None).fit(rows, labels)

    def _fit(self, reports: Sequence[Report]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._kinds = [
            TfidfVectorizer(sublinear_tf=True),
            TfidfVectorizer(sublinear_tf=True, stop_words="english"),
            TfidfVectorizer(
                sublinear_tf=True, tokenizer=_names, token_pattern=None, lowercase=False
            ),
        ]
        for kind in self._kinds:
            kind.fit([text(one) for one in reports])

    def _vectors(self, reports: Sequence[Report]) -> list[Any]:
        parts = (
            [text(one) for one in reports],
            [one.text for one in reports],
            [one.title or one.text.partition("\n")[0] for one in reports],
        )
        return [kind.transform(part) for kind in self._kinds for part in parts]

    def _features(
        self, i: int, vectors: list[Any], cluster: dict[str, Any], when: int
    ) -> list[float]:
        found = []
        for place, matrix in enumerate(vectors):
            row, total = matrix[i], cluster["sums"][place]
            norm = np.sqrt(total.multiply(total).sum()) * np.sqrt(row.multiply(row).sum())
            found.append(float(row.multiply(total).sum() / norm) if norm else 0.0)
        days = cluster["days"]
        for other in (max(days), min(days), sum(days) / len(days)):
            found.append(float(np.exp(-((when - other) ** 2) / (2 * 3.0**2))))
        return found

    def _replay(self, past: Set) -> tuple[list[list[float]], list[bool]]:
        vectors = self._vectors(past.reports)
        clusters: dict[str, dict[str, Any]] = {}
        rows: list[list[float]] = []
        labels: list[bool] = []
        for i, one in enumerate(past.reports):
            when, story = day(one), past.gold[one.id]
            scored = []
            for name, cluster in clusters.items():
                if when - max(cluster["days"]) <= _WINDOW:
                    features = self._features(i, vectors, cluster, when)
                    scored.append((sum(features[:9]), name, features))
            for _, name, features in sorted(scored, reverse=True)[:5]:
                rows.append(features)
                labels.append(name == story)
            self._grow(clusters.setdefault(story, {"days": [], "sums": None}), i, vectors, when)
        return rows, labels

    @staticmethod
    def _grow(cluster: dict[str, Any], i: int, vectors: list[Any], when: int) -> None:
        rows = [matrix[i] for matrix in vectors]
        sums = cluster["sums"]
        cluster["sums"] = rows if sums is None else [a + b for a, b in zip(sums, rows, strict=True)]
        cluster["days"].append(when)

    def __call__(self, reports: Sequence[Report], threshold: float, _: Any) -> Stories:
        """Group a stream."""
        vectors = self._vectors(reports)
        words = vectors[3]
        clusters: list[dict[str, Any]] = []
        active: list[int] = []
        found: Stories = {}
        for i, one in enumerate(reports):
            when = day(one)
            active = [c for c in active if when - max(clusters[c]["days"]) <= _WINDOW]
            # Only the twenty nearest by words are scored in full.
            near = sorted(
                active,
                key=lambda c: -float(words[i].multiply(clusters[c]["sums"][3]).sum()),
            )[:20]
            best, where = threshold, -1
            if near:
                features = [self._features(i, vectors, clusters[c], when) for c in near]
                values = self._model.decision_function(features)
                if values.max() > best:
                    where = near[int(values.argmax())]
            if where < 0:
                where = len(clusters)
                clusters.append({"days": [], "sums": None})
                active.append(where)
            self._grow(clusters[where], i, vectors, when)
            found[one.id] = str(where)
        return found


def _names(whole: str) -> list[str]:
    return _NAME.findall(whole)


def best(peer: Peer, on: Set, choices: Sequence[float], weights: Any) -> float:
    """The setting that fits a labelled set best."""
    return max(choices, key=lambda one: scores(peer(on.reports, one, weights), on.gold).bcubed)
