"""Where a model lies: in a folder, inside an installed package, or in the cache of a hub."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import msgspec

from retold.errors import EncoderMissing

__all__ = ["config", "folder_from_hub", "folder_of"]

_MARK = "config.json"
# Weights in files that run code when they are read are never fetched.
_WANTED = ("*.json", "*.txt", "*.model", "*.safetensors")


def folder_of(what: str) -> Path | None:
    """The folder of a model that is at hand; None where the name means none.

    Of a package only its list of files is read; none of its code runs.

    Raises:
        EncoderMissing: a folder that holds no model.
    """
    folder = Path(what)
    if folder.is_dir():
        if not (folder / _MARK).is_file():
            raise EncoderMissing(
                f"no {_MARK} in the folder", where=what, advice="Name a folder that holds a model"
            )
        return folder
    try:
        files = distribution(what).files or []
    except (PackageNotFoundError, ValueError):
        return None
    for file in files:
        if file.name == "modules.json":
            found = Path(str(file.locate())).parent
            if (found / _MARK).is_file():
                return found
    return None


def folder_from_hub(what: str, *, download: bool) -> Path:
    """The folder of a model that was fetched from a hub before, or is fetched now.

    Without `download` the network is not touched.

    Raises:
        EncoderMissing: it is not at hand, or cannot be fetched.
    """
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise EncoderMissing(
            "there is no such folder or installed package",
            where=what,
            advice="Name a folder that holds a model; names on a hub need huggingface_hub",
        ) from error
    try:
        found = snapshot_download(what, local_files_only=not download, allow_patterns=list(_WANTED))
    except Exception as error:  # of several libraries, each with its own
        if not download:
            raise EncoderMissing(
                "there is no such folder or installed package, nor a copy from the hub",
                where=what,
                advice="Name a folder that holds a model, or let it be fetched from the hub with "
                "--download-encoder",
            ) from error
        line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise EncoderMissing(f"the model cannot be fetched: {line}", where=what) from error
    return Path(found)


def config(folder: Path, name: str) -> dict[str, Any]:
    """A JSON file of a model's folder; empty where there is none.

    Raises:
        EncoderMissing: it cannot be read.
    """
    file = folder / name
    if not file.is_file():
        return {}
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError) as error:
        raise EncoderMissing(f"not readable: {error}", where=str(file)) from error
