"""Who is one actor and whom a pronoun takes up, against labelled data.

    python benchmarks/quality/actors.py [seeds|examples|ecbplus|polnear] [--errors] [--sample N]

* seeds, examples: names that are one actor and names that never are, over the reports of a
  story, after joining. Pairwise over the labelled names as they are written in the reports.
  Baseline: names with the same last word are one actor.
* ecbplus: coreference inside documents. Pronouns: resolved to an actor one of whose names lies
  in the pronoun's gold chain. Names: pairwise over the documents of a sub-topic, gold chains of
  people, institutions and places written with a capital letter. Baselines: the nearest name
  before; one actor per written form.
* polnear: pronouns and office nouns as sources of attributions, labelled by hand for this
  project (`actors_polnear.json`: ids and spans only), and a part held out from tuning.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from msgspec.structs import replace

from retold.attribute import attribute
from retold.attribute.actors import find_actors, join_actors, resolve
from retold.attribute.actors.lexicon import lexicon
from retold.model import Actor, Attribution, Report, Segmented, Span
from retold.segment import segment
from shared import fingerprint, path, records

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"


def write(line: str) -> None:
    """One line of the result."""
    sys.stdout.write(line + "\n")


def ratio(part: float, whole: float) -> float:
    """A share; 0 of nothing is 0."""
    return part / whole if whole else 0.0


def f1(right: int, found: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    p, r = ratio(right, found), ratio(right, gold)
    return p, r, ratio(2 * p * r, p + r)


# --- stories with truth files ----------------------------------------------------------


def occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Whole-word places of a name in a text."""
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        yield match.span()


def actor_at(actors: tuple[Actor, ...], report: str, span: tuple[int, int]) -> str | None:
    """The actor that a labelled name's place belongs to: exact, else ending with it."""
    best: tuple[int, str] | None = None
    for actor in actors:
        for place in actor.mentions:
            if place.report != report:
                continue
            start, end = place.span
            around = start <= span[0] and span[1] <= end
            if around or (span[0] <= start and end <= span[1]):
                cost = abs(start - span[0]) + abs(end - span[1])
                if best is None or cost < best[0]:
                    best = (cost, actor.id)
    return best[1] if best is not None else None


def story_pairs(
    reports: list[Segmented], truth: dict[str, Any], *, errors: bool
) -> tuple[Counter[str], Counter[str]]:
    """Counts for the engine and for the baseline of equal last words."""
    attributions = [attribute(one) for one in reports]
    actors, _ = join_actors(attributions, reports)
    shown = {actor.id: actor.name for actor in actors}
    group: dict[str, int] = {}
    for number, names in enumerate(truth["one_actor"]):
        for name in names:
            group[name] = number
    apart = {frozenset(pair) for pair in truth["never_one_actor"]}
    stands = truth.get("stands_for", {})
    by_name: dict[str, Counter[str | None]] = defaultdict(Counter)
    wanted = set(group) | {name for pair in apart for name in pair} | set(stands)
    wanted |= set(stands.values())
    longer = {
        name: [other for other in wanted if name != other and name in other] for name in wanted
    }
    for name in sorted(wanted):
        for one in reports:
            text = one.report.text
            hidden = [span for other in longer[name] for span in occurrences(text, other)]
            for span in occurrences(text, name):
                if any(start <= span[0] and span[1] <= end for start, end in hidden):
                    continue
                by_name[name][actor_at(actors, one.report.id, span)] += 1
    engine, base = Counter[str](), Counter[str]()
    main = {}
    for name in sorted(wanted):
        found = [(n, a) for a, n in by_name[name].items() if a is not None]
        main[name] = max(found, key=lambda item: (item[0], item[1]))[1] if found else None
        if not by_name[name]:
            continue
        if main[name] is None and errors:
            write(f"  not found as an actor: {name}")
    for a, b in combinations(sorted(name for name in wanted if by_name[name]), 2):
        gold = a in group and b in group and group[a] == group[b]
        never = frozenset((a, b)) in apart
        if not gold and not never and not (a in group and b in group):
            continue
        found = main[a] is not None and main[a] == main[b]
        engine["gold"] += gold
        engine["found"] += found
        engine["right"] += gold and found
        engine["false"] += never and found
        same_last = a.split()[-1] == b.split()[-1]
        base["gold"] += gold
        base["found"] += same_last
        base["right"] += gold and same_last
        base["false"] += never and same_last
        if found != gold and errors:
            write(f"  {'joined' if found else 'parted'}: {a} / {b} ({shown.get(main[a] or '')})")
    for name, country in sorted(stands.items()):
        if by_name[name] and by_name[country]:
            engine["stands"] += 1
            right = main[country] is not None and main[country] in by_name[name]
            engine["stood"] += right
            if errors and not right:
                write(f"  does not stand: {name} for {country}")
    return engine, base


def stories(name: str, *, errors: bool) -> None:
    """The seeds, or the invented stories of the project."""
    total, trivial = Counter[str](), Counter[str]()
    digest = blake2b(digest_size=8)
    folders = (
        [path("seeds")]
        if name == "seeds"
        else sorted(folder for folder in EXAMPLES.iterdir() if (folder / "truth.json").exists())
    )
    for folder in folders:
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        reports = [segment(report) for report in read(folder)]
        if errors:
            write(f"{folder.name}:")
        engine, base = story_pairs(reports, truth, errors=errors)
        total += engine
        trivial += base
        digest.update((folder / "truth.json").read_bytes())
    p, r, f = f1(total["right"], total["found"], total["gold"])
    _, _, base_f = f1(trivial["right"], trivial["found"], trivial["gold"])
    write(
        f"{name} ({digest.hexdigest()}): names one actor P {p:.3f} R {r:.3f} F1 {f:.3f} "
        f"({total['gold']} pairs); never-one joined: {total['false']}; "
        f"stands for: {total['stood']}/{total['stands']}; "
        f"baseline (same last word) F1 {base_f:.3f}, never-one joined: {trivial['false']}"
    )


def read(folder: Path) -> list[Report]:
    """The reports of a story's folder, as the command reads them."""
    from retold.read import read as read_input

    place = folder / "reports" if (folder / "reports").is_dir() else folder
    found: list[Report] = []
    for file in sorted(place.iterdir()):
        if file.name in ("truth.json", "README.md"):
            continue
        reports, _ = read_input([str(file)])
        found.extend(replace(report, id=file.name) for report in reports)
    return found


# --- ECB+ ------------------------------------------------------------------------------


MARKS = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}
CLOSING = {".", ",", ";", ":", "?", "!", "'s", "’s", "n't", "”", ")", "%", "'"}


def detokenised(document: dict[str, Any]) -> tuple[str, dict[int, Span]]:
    """A text with ordinary spacing, and the span of every token."""
    text: list[str] = []
    spans: dict[int, Span] = {}
    length, sentence, after_open = 0, None, True
    for token, number, written in document["tokens"]:
        form = MARKS.get(written, written)
        if sentence is not None and number != sentence:
            text.append("\n")
            length += 1
            after_open = True
        elif not (after_open or form in CLOSING):
            text.append(" ")
            length += 1
        sentence = number
        after_open = form in ("“", "(", "$")
        spans[token] = (length, length + len(form))
        text.append(form)
        length += len(form)
    return "".join(text), spans


def ecbplus(*, errors: bool, sample: int | None) -> None:
    """Pronouns inside documents, names over a sub-topic's documents."""
    counts = Counter[str]()
    wrong: list[str] = []
    topics: dict[str, list[tuple[Segmented, dict[int, Span], dict[str, Any]]]] = defaultdict(list)
    for document in records("grouping/ecbplus.jsonl.gz")[: sample or None]:
        text, spans = detokenised(document)
        one = segment(Report(id=document["id"], text=text, language="en"))
        topics[document["subtopic"]].append((one, spans, document))
        wrong += pronouns(one, spans, document, counts)
    write(
        f"ecbplus ({fingerprint('grouping/ecbplus.jsonl.gz')}): pronouns right "
        f"{ratio(counts['right'], counts['all']):.3f} of {counts['all']}, answered "
        f"{ratio(counts['answered'], counts['all']):.3f}; baseline (mention before) "
        f"{ratio(counts['base'], counts['all']):.3f}"
    )
    kinds = ("male", "female", "neuter", "plural")
    write("  " + ", ".join(f"{kind} {counts[kind + ' right']}/{counts[kind]}" for kind in kinds))
    if errors:
        for line in wrong[:60]:
            write(line)
    ecb_names(topics, errors=errors)


def pronouns(
    one: Segmented, spans: dict[int, Span], document: dict[str, Any], counts: Counter[str]
) -> list[str]:
    """Count the pronouns of one document that have a name or noun before; lines of errors."""
    look = lexicon("en")
    text = one.report.text
    found = find_actors(one)
    names = {actor.id: actor.name for actor in found.actors}
    gold: dict[Span, str] = {}
    for kind, tokens, chain in document["mentions"]:
        known = all(token in spans for token in tokens)
        if chain and known and kind.startswith(("HUMAN", "LOC", "NEG_HUMAN")):
            gold[spans[tokens[0]][0], spans[tokens[-1]][1]] = chain
    written = {span: text[slice(*span)].lower() for span in gold}
    named: dict[str, list[Span]] = defaultdict(list)
    for span, chain in gold.items():
        if written[span] not in look.pronouns:
            named[chain].append(span)
    wrong: list[str] = []
    previous: str | None = None
    for span in sorted(gold):
        chain = gold[span]
        kind = look.pronouns.get(written[span], ("self", False))[0]
        before = [other for other in named[chain] if other < span]
        if kind not in ("self", "relative") and before:
            actor, _ = resolve(found, span)
            answers = {resolve(found, other)[0] for other in named[chain]}
            right = actor is not None and actor in answers
            counts.update({"all": 1, "base": previous == chain, "right": right, kind: 1})
            counts.update({"answered": actor is not None, f"{kind} right": right})
            if not right:
                left = text[max(0, span[0] - 160) : span[0]].replace("\n", " / ")
                wrong.append(
                    f"  {document['id']} …{left}[{written[span]}] -> {names.get(actor or '')}; "
                    f"gold: {[text[slice(*other)] for other in before[:3]]}"
                )
        previous = chain
    return wrong


def ecb_names(topics: dict[str, Any], *, errors: bool) -> None:
    """Pairwise F1 of names over the documents of a sub-topic."""
    total, base = Counter[str](), Counter[str]()
    shown: list[str] = []
    for topic in sorted(topics):
        entries = topics[topic]
        reports = [one for one, _, _ in entries]
        found = [find_actors(one) for one in reports]
        attributions = [Attribution(f.report, (), f.actors) for f in found]
        actors, keyed = join_actors(attributions, reports)
        labels = {actor.id: actor.name for actor in actors}
        points: list[tuple[str, str | None, str]] = []
        for (one, spans, document), f, k in zip(entries, found, keyed, strict=True):
            text = one.report.text
            final = {old.id: new for old in f.actors for new in (_final(old, k.actors),)}
            for kind, tokens, chain in document["mentions"]:
                if not chain or not kind.startswith(("HUMAN", "LOC")):
                    continue
                if any(token not in spans for token in tokens):
                    continue
                span = (spans[tokens[0]][0], spans[tokens[-1]][1])
                words = text[slice(*span)]
                if not re.fullmatch(r"(?:[A-Z][\w.’'-]*)(?: (?:of|de|van|[A-Z][\w.’'-]*))*", words):
                    continue
                if words.lower() in lexicon("en").pronouns:
                    continue
                actor, _ = resolve(f, span)
                points.append((chain, final.get(actor) if actor else None, words))
        for (ca, aa, wa), (cb, ab, wb) in combinations(points, 2):
            gold, hit = ca == cb, aa is not None and aa == ab
            same = wa == wb
            total["gold"] += gold
            total["found"] += hit
            total["right"] += gold and hit
            base["gold"] += gold
            base["found"] += same
            base["right"] += gold and same
            if hit and not gold and wa != wb:
                shown.append(f"  {topic} joined: {wa} / {wb} ({labels.get(aa or '')})")
            if gold and not hit and wa != wb:
                actors_of = f"{labels.get(aa or '')} / {labels.get(ab or '')}"
                shown.append(f"  {topic} parted: {wa} / {wb} ({actors_of})")
    p, r, f = f1(total["right"], total["found"], total["gold"])
    bp, br, bf = f1(base["right"], base["found"], base["gold"])
    write(
        f"  names over documents: P {p:.3f} R {r:.3f} F1 {f:.3f} of {total['gold']} pairs; "
        f"baseline (equal form) P {bp:.3f} R {br:.3f} F1 {bf:.3f}"
    )
    if errors:
        for line, number in Counter(shown).most_common(60):
            write(f"{line} x{number}")


def _final(old: Actor, actors: tuple[Actor, ...]) -> str:
    places = set(old.mentions)
    return next((actor.id for actor in actors if not places.isdisjoint(actor.mentions)), old.id)


# --- PolNeAR ---------------------------------------------------------------------------


def polnear(*, errors: bool) -> None:
    """Sources that are pronouns or office nouns, labelled by hand."""
    labels = json.loads((HERE / "actors_polnear.json").read_text("utf-8"))
    for name, part in (("polnear-train", "cases"), ("polnear-dev", "held")):
        file = f"quotes/{name}.jsonl.gz"
        data = {record["id"]: record for record in records(file)}
        counts = Counter[str]()
        for label in labels[part]:
            right, line = case(label, data[label["id"]])
            counts.update({"all": 1, "right": right, label["kind"]: 1})
            counts[label["kind"] + " right"] += right
            if errors and not right:
                write(line)
        by_kind = ", ".join(
            f"{kind} {ratio(counts[kind + ' right'], counts[kind]):.3f} of {counts[kind]}"
            for kind in ("pronoun", "nominal")
            if counts[kind]
        )
        seen = "looked at while tuning" if part == "cases" else "held out"
        write(
            f"{name} ({fingerprint(file)}; {seen}): sources resolved right "
            f"{ratio(counts['right'], counts['all']):.3f} of {counts['all']}; {by_kind}"
        )


def case(label: dict[str, Any], record: dict[str, Any]) -> tuple[bool, str]:
    """Whether one labelled source is resolved right; and a line that shows it."""
    text = record["text"]
    one = segment(Report(id=label["id"], text=text, language="en"))
    sources = sorted({(s, e) for a in record["attributions"] for s, e in a.get("source", ())})
    found = find_actors(one, sources)
    actor, why = resolve(found, tuple(label["source"]))
    answers = [resolve(found, tuple(answer))[0] for answer in label["answers"]]
    start, end = label["source"]
    names = {known.id: known.name for known in found.actors}
    gold = [text[slice(*answer)] for answer in label["answers"]]
    line = (
        f"  {label['id'][:40]} …{text[max(0, start - 200) : start]!r}[{text[start:end]}]"
        f"{text[end : end + 30]!r} -> {names.get(actor or '')} ({why}); gold {gold}"
    )
    return actor is not None and actor in answers, line


def main() -> None:
    """Run what is asked for; all without a name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", choices=["seeds", "examples", "ecbplus", "polnear"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--sample", type=int)
    chosen = parser.parse_args()
    for name in (chosen.what,) if chosen.what else ("seeds", "examples", "ecbplus", "polnear"):
        if name in ("seeds", "examples"):
            stories(name, errors=chosen.errors)
        elif name == "ecbplus":
            ecbplus(errors=chosen.errors, sample=chosen.sample)
        else:
            polnear(errors=chosen.errors)


if __name__ == "__main__":
    main()
