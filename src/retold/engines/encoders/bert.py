"""Sentence encoders of the BERT kind, in numpy.

The network is that of Devlin et al. 2019 (*BERT*, NAACL), the pooling that of Reimers & Gurevych
2019 (*Sentence-BERT*, EMNLP). It runs what most small sentence models are: MiniLM, E5, BGE and GTE
of the small and base sizes, in one language or many. One text at a time and without padding, so
that its vector depends on nothing but itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from retold.engines.encoders.base import Floats, on_grid
from retold.engines.encoders.places import config
from retold.errors import EncoderMissing

__all__ = ["Bert", "can_run"]

_WEIGHTS = "model.safetensors"
_TOKENS = "tokenizer.json"
_DECIDING = ("config.json", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json")
# Of this file: raised when the vectors it gives change.
_VERSION = b"bert 1"


class _Layer(NamedTuple):
    """Weights of one layer, each matrix as (inputs, outputs)."""

    into: Floats  # queries, keys and values beside each other
    into_bias: Floats
    out: Floats
    out_bias: Floats
    after_attention: tuple[Floats, Floats]
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    after: tuple[Floats, Floats]


def can_run(folder: Path) -> bool:
    """Whether a folder holds a model of the kind that this file runs."""
    network = config(folder, "config.json")
    modules = [str(one.get("type")) for one in _modules(folder)]
    known = all(one.endswith(("Transformer", "Pooling", "Normalize")) for one in modules)
    return (
        network.get("model_type") == "bert"
        and network.get("hidden_act") == "gelu"
        and network.get("position_embedding_type", "absolute") == "absolute"
        and known
        and _pooling(folder) is not None
        and (folder / _WEIGHTS).is_file()
        and (folder / _TOKENS).is_file()
    )


def _modules(folder: Path) -> list[dict[str, Any]]:
    import msgspec

    file = folder / "modules.json"
    if not file.is_file():
        return []
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[dict[str, Any]])
    except msgspec.MsgspecError as error:
        raise EncoderMissing(f"not readable: {error}", where=str(file)) from error


def _pooling(folder: Path) -> str | None:
    """ "mean" or "first"; None where a model pools in another way."""
    how = config(folder, "1_Pooling/config.json")
    chosen = sorted(name for name, on in how.items() if name.startswith("pooling_mode") and on)
    known = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "first"}
    if not chosen:
        return "mean"
    return known.get(chosen[0]) if len(chosen) == 1 else None


class Bert:
    """A model in a folder, see `base.Encoder`.

    Args:
        folder: with `config.json`, `model.safetensors` and `tokenizer.json`.
        name: as a reader knows it.

    Raises:
        EncoderMissing: the extra `vectors` is not installed, or the files do not fit together.
    """

    def __init__(self, folder: Path, name: str) -> None:
        try:
            from safetensors import SafetensorError
            from safetensors.numpy import load_file
            from threadpoolctl import ThreadpoolController
            from tokenizers import Tokenizer
        except ImportError as error:
            raise EncoderMissing(
                f"{error.name} is not installed, which reading the model needs",
                where=name,
                advice="Install retold[vectors]",
            ) from error
        self.name = name
        self._threads = ThreadpoolController()
        network = config(folder, "config.json")
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENS))
            weights = load_file(folder / _WEIGHTS)
            self._build(network, weights)
        except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
            raise EncoderMissing(f"no model that fits together: {error}", where=name) from error
        except Exception as error:  # what `tokenizers` raises has no type of its own
            if type(error) is not Exception:
                raise
            raise EncoderMissing(f"no tokenizer: {error}", where=name) from error
        longest = config(folder, "sentence_bert_config.json").get("max_seq_length")
        positions = len(self._positions)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(min(int(longest or positions), positions))
        self._first = _pooling(folder) == "first"
        self.fingerprint = _fingerprint(folder)

    @property
    def dimension(self) -> int:
        """Of a vector."""
        return int(self._words.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """See `base.Encoder.encode`."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Matrices of one text are small: more threads wait for one another longer than they work,
        # and how many there are would decide the last bits.
        with self._threads.limit(limits=1, user_api="blas"):
            for place, text in enumerate(texts):
                rows[place] = self._one(text)
        return on_grid(rows)

    def _build(self, network: dict[str, Any], weights: dict[str, Any]) -> None:
        start = "bert." if "bert.embeddings.word_embeddings.weight" in weights else ""
        known = {
            name.removeprefix(start): np.asarray(one, dtype=np.float32)
            for name, one in weights.items()
            if one.dtype.kind == "f"
        }
        self._heads = int(network["num_attention_heads"])
        self._epsilon = np.float32(network.get("layer_norm_eps", 1e-12))

        def matrix(name: str) -> Floats:
            return np.ascontiguousarray(known[f"{name}.weight"].T)

        def norm(name: str) -> tuple[Floats, Floats]:
            return known[f"{name}.weight"], known[f"{name}.bias"]

        self._words = known["embeddings.word_embeddings.weight"]
        # All of a text is its first part.
        self._positions = (
            known["embeddings.position_embeddings.weight"]
            + known["embeddings.token_type_embeddings.weight"][0]
        )
        self._begin = norm("embeddings.LayerNorm")
        self._layers = []
        for number in range(int(network["num_hidden_layers"])):
            at = f"encoder.layer.{number}"
            three = [f"{at}.attention.self.{one}" for one in ("query", "key", "value")]
            self._layers.append(
                _Layer(
                    into=np.concatenate([matrix(one) for one in three], axis=1),
                    into_bias=np.concatenate([known[f"{one}.bias"] for one in three]),
                    out=matrix(f"{at}.attention.output.dense"),
                    out_bias=known[f"{at}.attention.output.dense.bias"],
                    after_attention=norm(f"{at}.attention.output.LayerNorm"),
                    wide=matrix(f"{at}.intermediate.dense"),
                    wide_bias=known[f"{at}.intermediate.dense.bias"],
                    narrow=matrix(f"{at}.output.dense"),
                    narrow_bias=known[f"{at}.output.dense.bias"],
                    after=norm(f"{at}.output.LayerNorm"),
                )
            )

    def _one(self, text: str) -> Floats:
        # A lone surrogate is no text that a tokenizer takes.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        ids = self._tokenizer.encode(clean).ids
        if not ids:
            return np.zeros(self.dimension, dtype=np.float32)
        state = self._normed(self._words[ids] + self._positions[: len(ids)], self._begin)
        for layer in self._layers:
            state = self._through(state, layer)
        pooled: Floats = state[0] if self._first else state.mean(axis=0)
        return pooled

    def _through(self, state: Floats, layer: _Layer) -> Floats:
        size, width = state.shape
        each = width // self._heads
        three = (state @ layer.into + layer.into_bias).reshape(size, 3, self._heads, each)
        query, key, value = three.transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.float32(each**0.5)
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        heads = (scores @ value).transpose(1, 0, 2).reshape(size, width)
        state = self._normed(heads @ layer.out + layer.out_bias + state, layer.after_attention)
        inner = _gelu(state @ layer.wide + layer.wide_bias)
        return self._normed(inner @ layer.narrow + layer.narrow_bias + state, layer.after)

    def _normed(self, rows: Floats, by: tuple[Floats, Floats]) -> Floats:
        centred = rows - rows.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + self._epsilon)
        found: Floats = centred / spread * by[0] + by[1]
        return found


def _gelu(values: Floats) -> Floats:
    from scipy.special import erf

    found: Floats = values * np.float32(0.5) * (1 + erf(values * np.float32(0.5**0.5)))
    return found


def _fingerprint(folder: Path) -> str:
    digest = blake2b(_VERSION, digest_size=8)
    for name in (*_DECIDING, _TOKENS, _WEIGHTS):
        file = folder / name
        digest.update(f"\0{name}\0".encode())
        if file.is_file():
            with file.open("rb") as opened:
                while piece := opened.read(1 << 20):
                    digest.update(piece)
    return digest.hexdigest()
