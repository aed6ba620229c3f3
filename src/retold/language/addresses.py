"""What addresses carry beside the page that they lead to. Data: `und/addresses.toml`."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Addresses"]


class Addresses(Struct, frozen=True, forbid_unknown_fields=True):
    """Parts of an address that do not choose the page.

    Attributes:
        counting: names of parameters that count readers or say where they came from.
        counting_prefixes: how names of such parameters begin.
        mobile: names of parameters that ask for a form for phones, with one of `mobile_values`.
        mobile_values: see `mobile`.
        mobile_hosts: beginnings of hosts that serve the same pages to phones.
        mobile_endings: last steps of a path that do.
    """

    counting: tuple[str, ...] = ()
    counting_prefixes: tuple[str, ...] = ()
    mobile: tuple[str, ...] = ()
    mobile_values: tuple[str, ...] = ()
    mobile_hosts: tuple[str, ...] = ()
    mobile_endings: tuple[str, ...] = ()
