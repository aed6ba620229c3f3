"""Where a model lies: in a folder, or inside an installed package."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import msgspec

from retold.errors import EncoderMissing

__all__ = ["config", "folder_of"]

_MARK = "config.json"


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
