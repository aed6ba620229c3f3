from retold.text.phrases import Phrases


def test_the_longest_phrase_wins():
    found = Phrases([("as", 1), ("as well as", 2), ("as well", 3)])
    words = ["as", "well", "as", "not"]
    assert found.at(words, 0) == (3, 2)
    assert found.at(words, 2) == (1, 1)
    assert found.at(words, 3) is None


def test_backwards():
    found = Phrases([("than", 1), ("more than", 2)], backwards=True)
    words = ["no", "more", "than"]
    assert found.at(words, 2) == (2, 2)
    assert found.at(["than"], 0) == (1, 1)
