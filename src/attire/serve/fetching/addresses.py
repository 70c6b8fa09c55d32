"""Which addresses belong to the public internet, whatever they are wrapped in."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

__all__ = ["is_public"]

_NOT_PUBLIC = (
    IPv4Network("192.0.0.0/24"),  # of protocols; some clouds tell their machines secrets there
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
    IPv4Network("168.63.129.16/32"),  # Azure's agent, though it looks like any address
)
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the public internet.

    IPv4 addresses inside of IPv6 ones (mapped, NAT64, 6to4, Teredo, ISATAP) have to be public as well. The
    NAT64 prefix for local use, ``64:ff9b:1::/48`` (RFC 8215), never is.

    Args:
        address: Of IPv4 or IPv6.

    Example:
        >>> is_public("93.184.216.34"), is_public("64:ff9b::7f00:1"), is_public("169.254.169.254")
        (True, False, False)
    """
    try:
        known = ip_address(address)
    except ValueError:
        return False
    if isinstance(known, IPv4Address):
        return _is_public_v4(known)
    if known.scope_id is not None:
        return False
    inside = _inside(known)
    if known in _NAT64 or known.ipv4_mapped is not None:
        return all(_is_public_v4(one) for one in inside)
    # Teredo's prefix is not global for Python; its addresses are judged by what they hold, and refused.
    return known in _UNICAST and known.is_global and all(_is_public_v4(one) for one in inside)


def _is_public_v4(address: IPv4Address) -> bool:
    special = address.is_multicast or address.is_reserved or any(address in net for net in _NOT_PUBLIC)
    return address.is_global and not special


def _inside(address: IPv6Address) -> list[IPv4Address]:
    """Give the IPv4 addresses that an IPv6 one holds."""
    low = int(address) & 0xFFFFFFFF
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        found.append(IPv4Address(low))
    return [one for one in found if one is not None]
