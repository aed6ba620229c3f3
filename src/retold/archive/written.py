"""JSON of what is derived, for any words: a lone surrogate, which UTF-8 cannot hold, is escaped."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

__all__ = ["decode", "encode"]

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode(value: Any) -> bytes:
    """A noun, or several, as JSON."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return json.dumps(
            msgspec.to_builtins(value, order="deterministic"), separators=(",", ":")
        ).encode("ascii")


def decode(raw: bytes, shape: type[T]) -> T:
    """What `encode` wrote.

    Raises:
        msgspec.MsgspecError: it is something else.
    """
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        try:
            read = json.loads(raw)  # msgspec does not read escapes of lone surrogates
        except ValueError as error:
            raise msgspec.DecodeError(str(error)) from None
        return msgspec.convert(read, shape)
