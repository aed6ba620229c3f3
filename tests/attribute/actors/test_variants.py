"""Spellings of one name."""

from __future__ import annotations

import pytest

from retold.attribute.actors.variants import same_sound, spelled_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("im chon il", "im chong il"),
        ("jorlan tuvek", "zhorlan touvek"),
        ("sergei lavrov", "sergey lavrov"),
        ("volodymyr zelensky", "volodymyr zelenskyy"),
        ("mohammed ali", "muhammad ali"),
    ],
)
def test_transliterations_of_one_name(one: str, other: str) -> None:
    assert spelled_alike(tuple(one.split()), tuple(other.split()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kim jong un", "kim jong il"),
        ("im chon il", "kim jong un"),
        ("mira oldan", "jonas oldan"),
        ("john smith", "john smythers"),
    ],
)
def test_different_names(one: str, other: str) -> None:
    assert not spelled_alike(tuple(one.split()), tuple(other.split()))


def test_consonants_make_the_sound() -> None:
    assert same_sound("lizhin", "lyzhin")
    assert not same_sound("un", "il")
