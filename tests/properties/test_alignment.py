"""What holds of every alignment, whatever is aligned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.collate import align
from retold.model import Collation, Report, Segmented, Sentence
from retold.text.words import words

_WORDS = [
    "dam",
    "river",
    "Velden",
    "governor",
    "1,250",
    "the",
    "of",
    "said",
    "flood",
    "12",
    "«",
    "bread",
]
_sentences = st.lists(st.lists(st.sampled_from(_WORDS), max_size=7).map(" ".join), max_size=7)
_stories = st.lists(_sentences, min_size=1, max_size=5)


def cut(name: str, sentences: list[str]) -> Segmented:
    text, made = "", []
    for number, sentence in enumerate(sentences):
        start = len(text)
        text += sentence + "\n"
        span = (start, start + len(sentence))
        made.append(Sentence(span, words(text, *span), number))
    return Segmented(Report(name, text, language="en"), tuple(made))


@settings(max_examples=60, deadline=None)
@given(_stories)
def test_every_sentence_is_in_one_place(story: list[list[str]]) -> None:
    reports = [cut(f"r{k}", sentences) for k, sentences in enumerate(story)]
    result = align(reports)
    seen = [
        (name, number)
        for passage in result.passages
        for name, numbers in passage.readings.items()
        for number in numbers
    ]
    seen += [(name, number) for name, numbers in result.only.items() for number in numbers]
    assert sorted(seen) == sorted(
        (each.report.id, number) for each in reports for number in range(len(each.sentences))
    )
    for number, passage in enumerate(result.passages, start=1):
        assert passage.id == f"P{number}"
        assert len(passage.readings) >= 2
        assert passage.base in passage.readings
        assert set(passage.moved) <= set(passage.readings)
        assert all(list(n) == sorted(n) for n in passage.readings.values())


@settings(max_examples=60, deadline=None)
@given(_stories, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(story, random_) -> None:
    reports = [cut(f"r{k}", sentences) for k, sentences in enumerate(story)]
    shuffled = list(reports)
    random_.shuffle(shuffled)
    one, two = align(reports), align(shuffled)
    assert Collation(one.passages, dict(sorted(one.only.items()))) == Collation(
        two.passages, dict(sorted(two.only.items()))
    )


@settings(max_examples=30, deadline=None)
@given(_sentences)
def test_a_copy_agrees_with_its_original(sentences: list[str]) -> None:
    result = align([cut("a", sentences), cut("b", sentences)])
    for passage in result.passages:
        assert passage.readings["a"] == passage.readings["b"]
    assert result.only["a"] == result.only["b"]
