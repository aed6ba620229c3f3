"""Any other model, in a folder, by `sentence-transformers`. Nothing is fetched for it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from retold.engines.encoders.base import Floats, on_grid
from retold.errors import EncoderMissing

__all__ = ["Transformer"]


class Transformer:
    """A model that is run by `sentence-transformers`, see `base.Encoder`.

    Args:
        folder: with the model.
        name: as a reader knows it.

    Raises:
        EncoderMissing: the library is not installed, or cannot open the model.
    """

    def __init__(self, folder: Path, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderMissing(
                "a model of this kind needs sentence-transformers, which is not installed",
                where=name,
                advice="Install it, or name a model of the BERT kind with safetensors weights",
            ) from error
        try:
            self._model: Any = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # of many libraries, each with its own
            line = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise EncoderMissing(f"the model cannot be opened: {line}", where=name) from error
        self.name = name
        self._model.eval()
        self.dimension = len(self.encode(["a"])[0])
        self.fingerprint = _fingerprint(self._model)

    def encode(self, texts: Sequence[str]) -> Floats:
        """See `base.Encoder.encode`."""
        # One at a time: padding to the longest of a batch changes the last bits of the others.
        rows = [
            self._model.encode(
                [text.encode("utf-8", "replace").decode("utf-8")],
                batch_size=1,
                convert_to_numpy=True,
                show_progress_bar=False,
            )[0]
            for text in texts
        ]
        return on_grid(np.array(rows) if rows else np.zeros((0, self.dimension)))


def _fingerprint(model: Any) -> str:
    """Over the weights and what else decides the vectors; where they came from does not."""
    digest = blake2b(f"sentence-transformers 1\0{model.max_seq_length}".encode(), digest_size=8)
    for part in model.modules():
        digest.update(f"\0{type(part).__name__}".encode())
    for key, values in sorted(model.state_dict().items()):
        digest.update(f"\0{key}\0".encode())
        digest.update(np.ascontiguousarray(values.cpu().float().numpy()).tobytes())
    return digest.hexdigest()
