"""Any model that `sentence-transformers` runs, by folder or by its name on a model hub.

Nothing is fetched unless that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from retold.engines.encoders.base import Floats, on_grid
from retold.errors import EncoderMissing

__all__ = ["Transformer"]


class Transformer:
    """A model that is run by `sentence-transformers`, see `base.Encoder`.

    Args:
        where: a folder, or a name on the hub.
        name: as a reader knows it.
        download: what is not at hand may be fetched.

    Raises:
        EncoderMissing: the library is not installed, the model is not at hand, or it is no model.
    """

    def __init__(self, where: str, name: str, download: bool) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderMissing(
                "there is no such folder or installed package, and sentence-transformers, which "
                "knows models by name and runs all kinds, is not installed",
                where=name,
                advice="Name a folder that holds a model, or install sentence-transformers",
            ) from error
        try:
            self._model: Any = SentenceTransformer(
                where, device="cpu", local_files_only=not download, trust_remote_code=False
            )
        except Exception as error:  # of many libraries, each with its own
            asked = "" if download else "; or let it be fetched (--download-encoder)"
            raise EncoderMissing(
                f"the model cannot be opened: {_first_line(error)}",
                where=name,
                advice=f"Name a folder that holds it{asked}",
            ) from error
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


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
