"""Through whom the words came: utterer first, then who passed them on."""

from __future__ import annotations

import pytest

from tests.attribute.quotations.helpers import chain, read

CHAINS = [
    ("The Norvan Press Agency quoted the minister as saying that the road was open.",
     ["the minister", "The Norvan Press Agency"]),
    ("“The road is open,” the Norvan Press Agency quoted him as saying.",
     ["him", "the Norvan Press Agency"]),
    ("The minister was quoted by Telmark News as saying the road was open.",
     ["The minister", "Telmark News"]),
    ("The minister was quoted as saying by Telmark News that the road was open.",
     ["The minister", "Telmark News"]),
    ("According to Telmark News, the minister told reporters that the road was open.",
     ["the minister", "Telmark News"]),
    ("The minister said the road was open, Telmark News reported.",
     ["The minister", "Telmark News"]),
    ("The Corvane Herald reported, citing two officials, that the road was open.",
     ["two officials", "The Corvane Herald"]),
    ("Citing two officials, the Corvane Herald reported that the road was open.",
     ["two officials", "the Corvane Herald"]),
    ("The minister said in a statement carried by the official Norvan Press Agency that the road"
     " was open.",
     ["The minister", "the official Norvan Press Agency"]),
    ("“The road is open,” the minister told Radio Selva.", ["the minister", "Radio Selva"]),
    ("The minister told reporters that the road was open.", ["The minister"]),
    ("According to Telmark News, the envoy told Radio Selva that the road was open.",
     ["the envoy", "Radio Selva", "Telmark News"]),
    ("Ostland Wire said the Norvan Press Agency quoted the general as saying that the road was"
     " open.",
     ["the general", "the Norvan Press Agency", "Ostland Wire"]),
    ("Her lawyer said the singer had told the police that the road was open.",
     ["the singer", "Her lawyer"]),
    ("The governor, quoted by Telmark News, said the road was open.",
     ["The governor", "Telmark News"]),
    ("The colonel was reported by Radio Selva to have said that the road was open.",
     ["The colonel", "Radio Selva"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), CHAINS)
def test_chain(text: str, want: list[str]) -> None:
    assert want in [chain(text, found) for found in read(text)]


def test_a_carrier_alone_is_no_speaker() -> None:
    text = "According to Telmark News, the minister said the road was open."
    assert [chain(text, found)[0] for found in read(text)] == ["the minister"]


def test_marks_inside_marks_hand_the_words_on() -> None:
    text = "The envoy said: “The president told me: ‘We shall not give up.’”"
    assert ["The president", "The envoy"] in [chain(text, found) for found in read(text)]
