"""The truth about the invented stories holds together, and the stories are as messy as promised."""

from __future__ import annotations

import json
import re
from collections import Counter
from graphlib import TopologicalSorter
from itertools import combinations

import pytest

from tests.golden.by_hand import EXAMPLES, ROOT, STORIES, Invented, decode

each = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)

FIELDS = {
    "what",
    "same_story",
    "reports",
    "passages",
    "only_in",
    "free",
    "optional_pairs",
    "one_actor",
    "stands_for",
    "never_one_actor",
    "quotations",
    "debatable_quotations",
    "not_quotations",
    "changes",
    "never_changes",
    "stated_chain",
    "stemma",
}
KINDS_OF_CHANGE = {
    "number",
    "date",
    "name",
    "place",
    "negation",
    "modality",
    "quantity",
    "quotation-marks",
    "attribution",
    "wording",
    "order",
}


def _sentence_words(story: Invented) -> list[tuple[str, str]]:
    """(file, words) of everything that names a sentence."""
    truth = story.truth
    named = [
        (file, words)
        for passage in truth["passages"]
        for file, phrases in passage["readings"].items()
        for words in phrases
    ]
    named += [(file, words) for file, phrases in truth["only_in"].items() for words in phrases]
    named += [(entry["report"], entry["words"]) for entry in truth["free"]]
    named += [(end["report"], end["words"]) for pair in truth["optional_pairs"] for end in pair]
    return named


@each
def test_every_field_is_there_and_no_other(story):
    assert set(story.truth) == FIELDS


@each
def test_the_reports_are_those_on_disk(story):
    assert sorted(story.truth["reports"]) == story.files
    assert all(about["outlet"] and about["language"] for about in story.truth["reports"].values())


@each
def test_reports_are_of_the_promised_length(story):
    longest, shortest = (220, 150) if story.name == "demo" else (600, 150)
    counts = {file: len(story.text(file).split()) for file in story.files}
    assert all(shortest <= count <= longest for count in counts.values()), counts


@each
def test_words_that_name_a_sentence_stand_once_in_their_report(story):
    named = _sentence_words(story)
    named += [(quotation["report"], quotation["words"]) for quotation in story.truth["quotations"]]
    wrong = [(f, words) for f, words in named if story.text(f).count(words) != 1]
    assert wrong == []


@each
def test_all_other_words_of_the_truth_stand_in_their_report(story):
    truth = story.truth
    named = [(q["report"], q["words"]) for q in truth["debatable_quotations"]]
    named += [(q["report"], q["words"]) for q in truth["not_quotations"]]
    for quotation in truth["quotations"]:
        named += [(quotation["report"], name) for name in quotation["relayed_by"]]
        if quotation["mention"]:
            named.append((quotation["report"], quotation["mention"]))
    for change in truth["changes"] + truth["never_changes"]:
        named += [(file, change[side]) for side in "ab" for file in change[f"{side}_in"]]
    wrong = [(file, words) for file, words in named if words not in story.text(file)]
    assert wrong == []


@each
def test_names_of_actors_are_written_somewhere(story):
    everything = " ".join(story.text(file) for file in story.files)
    names = [name for group in story.truth["one_actor"] for name in group]
    names += [name for pair in story.truth["never_one_actor"] for name in pair]
    names += [*story.truth["stands_for"], *story.truth["stands_for"].values()]
    assert [name for name in names if name not in everything] == []


@each
def test_a_name_belongs_to_one_actor(story):
    counts = Counter(name for group in story.truth["one_actor"] for name in group)
    assert [name for name, count in counts.items() if count > 1] == []
    group_of = {name: at for at, group in enumerate(story.truth["one_actor"]) for name in group}
    for one, other in story.truth["never_one_actor"]:
        assert one not in group_of or group_of[one] != group_of.get(other)


@each
def test_every_sentence_has_its_place(story):
    labelled: dict[str, list[str]] = {file: [] for file in story.files}
    for file, words in _sentence_words(story):
        labelled[file].append(words)
    nowhere = [
        (file, sentence)
        for file in story.files
        if not file.endswith(".html")
        for sentence in story.sentences(file)
        if not any(words in sentence for words in labelled[file])
    ]
    assert nowhere == []


@each
def test_words_name_a_shared_sentence_or_a_single_one(story):
    shared = {
        (file, words)
        for passage in story.truth["passages"]
        for file, phrases in passage["readings"].items()
        for words in phrases
    }
    single = {(f, words) for f, phrases in story.truth["only_in"].items() for words in phrases}
    assert shared & single == set()
    sentences = {file: story.sentences(file) for file in story.files}
    for file, words in sorted(single):
        own = [sentence for sentence in sentences[file] if words in sentence]
        others = [w for f, w in sorted(shared) if f == file and any(w in s for s in own)]
        assert others == [], (file, words)


@each
def test_a_passage_is_in_two_reports_and_only_moves_what_it_has(story):
    ids = Counter(passage["id"] for passage in story.truth["passages"])
    assert set(ids.values()) == {1}
    for passage in story.truth["passages"]:
        assert len(passage["readings"]) >= 2, passage["id"]
        assert set(passage.get("moved", ())) <= set(passage["readings"])


@each
def test_changes_are_between_readings_of_their_passage(story):
    readings = {passage["id"]: passage["readings"] for passage in story.truth["passages"]}
    for change in story.truth["changes"]:
        assert change["kind"] in KINDS_OF_CHANGE
        assert change["a"] != change["b"]
    for decoy in story.truth["never_changes"]:
        assert set(decoy.get("kinds", ())) <= KINDS_OF_CHANGE
    for change in story.truth["changes"] + story.truth["never_changes"]:
        files = {*change["a_in"], *change["b_in"]}
        assert files <= set(readings[change["passage"]]), change
        assert change["a_in"]
        assert change["b_in"]
        assert not set(change["a_in"]) & set(change["b_in"]), change


@each
def test_quotations_are_of_known_kinds_and_marked_where_they_say_so(story):
    for quotation in story.truth["quotations"]:
        assert quotation["kind"] in {"direct", "indirect", "mixed"}
        if quotation["kind"] == "indirect":
            continue
        text = story.text(quotation["report"])
        at = text.index(quotation["words"])
        before = text[max(0, at - 90) : at + 1]
        assert re.search("[\"“”„«»'‘]", before), quotation


@each
def test_the_stemma_is_a_graph_without_cycles_over_its_witnesses(story):
    stemma = story.truth["stemma"]
    kind = {witness["id"]: witness["kind"] for witness in stemma["witnesses"]}
    assert len(kind) == len(stemma["witnesses"])
    assert {name for name, what in kind.items() if what == "report"} == set(story.files)
    parents: dict[str, set[str]] = {name: set() for name in kind}
    for edge in stemma["edges"]:
        assert edge["because"]
        assert edge["basis"] in {"stated", "textual"}
        parents[edge["to"]].add(edge["from"])
    assert set(parents) == set(kind)
    list(TopologicalSorter(parents).static_order())
    for pair in stemma["undecidable"]:
        assert set(pair["witnesses"]) <= set(kind)


@each
def test_lost_witnesses_have_their_text_and_every_lost_text_its_witness(story):
    witnesses = story.truth["stemma"]["witnesses"]
    texts = {witness["text"] for witness in witnesses if "text" in witness}
    assert {w["id"] for w in witnesses if w["kind"] == "lost"} <= {
        witness["id"] for witness in witnesses if "text" in witness
    }
    kept = {f"lost/{path.name}" for path in (story.folder / "lost").glob("*")}
    assert texts == kept


@each
def test_a_lost_text_is_near_its_children(story):
    """Children were made from it: they share more words with it than strangers would."""
    stemma = story.truth["stemma"]
    for witness in stemma["witnesses"]:
        if "text" not in witness:
            continue
        lost = set(re.findall(r"\w{4,}", decode((story.folder / witness["text"]).read_bytes())))
        children = [
            edge["to"]
            for edge in stemma["edges"]
            if edge["from"] == witness["id"] and edge["to"] in story.files
        ]
        for child in children:
            own = set(re.findall(r"\w{4,}", story.text(child)))
            assert len(own & lost) / min(len(own), len(lost)) > 0.3, (witness["id"], child)


@each
def test_chains_are_of_the_reports(story):
    assert sorted(story.truth["stated_chain"]) == story.files


def test_no_two_stories_share_a_sentence():
    own = {s.name: {x.strip() for f in s.files for x in s.sentences(f)} for s in STORIES}
    assert [pair for pair in combinations(sorted(own), 2) if own[pair[0]] & own[pair[1]]] == []


def test_there_are_enough_stories_and_each_is_told():
    assert len(EXAMPLES) >= 5
    readme = (ROOT / "examples" / "README.md").read_text("utf-8")
    for story in EXAMPLES:
        assert 3 <= len(story.files) <= 8
        assert (story.folder / "README.md").is_file()
        row = re.search(rf"\[{story.name}\]\({story.name}/\) \| (\d+) \|", readme)
        assert row, f"{story.name} is not in examples/README.md"
        assert int(row.group(1)) == len(story.files)


def test_the_mess_is_there():
    """What the README promises: encodings, line ends, a byte order mark, pages."""
    raw = {file: story.raw(file) for story in EXAMPLES for file in story.files}
    assert [file for file, data in raw.items() if b"\r\n" in data] == ["river-post.txt"]
    assert [file for file, data in raw.items() if data[:3] == b"\xef\xbb\xbf"] == [
        "parents-post.txt"
    ]
    with pytest.raises(UnicodeDecodeError):
        raw["river-post.txt"].decode("utf-8")
    assert sum(b"application/ld+json" in data for data in raw.values()) >= 5


def test_the_json_lines_version_holds_the_same_reports():
    story = next(story for story in EXAMPLES if story.name == "flood-day")
    lines = (story.folder / "reports.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert sorted(record["id"] for record in records) == story.files
    for record in records:
        about = story.truth["reports"][record["id"]]
        assert (record["outlet"], record["published"]) == (about["outlet"], about["published"])
        shown = story.text(record["id"])
        if record["id"].endswith(".html"):
            assert all(paragraph in shown for paragraph in record["text"].split("\n") if paragraph)
        else:
            assert record["text"] == shown
