"""Which network addresses are public.

Everything else is refused by default: a page (or a record, or a redirect) must not be able to
make this program talk to the machine it runs on or to the network behind it.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

__all__ = ["is_public"]

# IANA special-purpose registries (RFC 6890 and its updates). Written out because what
# `ipaddress.is_global` covers differs between Python versions; both must agree.
_NOT_PUBLIC_4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Global unicast is 2000::/3; within it these are not.
_GLOBAL_6 = ip_network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ip_network(block)
    for block in (
        "2001::/23",  # IETF protocol assignments, with Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries any IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def is_public(address: str) -> bool:
    """Whether this literal address is a public unicast one.

    IPv4 addresses inside IPv6 ones (mapped, compatible, 6to4, Teredo, NAT64) are refused as a
    whole: no public site needs to be reached through them.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if "%" in address:  # a zone index: link-local by nature
        return False
    if isinstance(parsed, IPv4Address):
        inside = any(parsed in block for block in _NOT_PUBLIC_4)
        return parsed.is_global and not parsed.is_multicast and not inside
    # ISATAP: …:0:5efe:a.b.c.d carries an IPv4 address as well.
    isatap = (int(parsed) >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE)
    inside = any(parsed in block for block in _NOT_PUBLIC_6)
    return parsed.is_global and parsed in _GLOBAL_6 and not inside and not isatap
