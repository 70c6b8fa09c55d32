import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attire.serve.fetching import is_public

LOCAL = ["127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"]


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *LOCAL,
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1111%1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "64:ff9b:1::808:808",
        "64:ff9b:1::7f00:1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2606:4700::5efe:7f00:1",
        "2606:4700::200:5efe:a00:1",
        "100::1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "",
    ],
)
def test_all_others_are_not(address: str) -> None:
    assert not is_public(address)


def wrapped(address: str) -> dict[str, str]:
    bits = int(ipaddress.IPv4Address(address))
    return {
        "mapped": str(ipaddress.IPv6Address((0xFFFF << 32) | bits)),
        "NAT64": str(ipaddress.IPv6Address((0x64FF9B << 96) | bits)),
        "6to4": str(ipaddress.IPv6Address((0x2002 << 112) | (bits << 80) | 1)),
    }


@pytest.mark.parametrize("form", ["mapped", "NAT64", "6to4"])
@pytest.mark.parametrize("address", LOCAL)
def test_what_is_wrapped_in_another_address_counts(form: str, address: str) -> None:
    assert not is_public(wrapped(address)[form])
    assert is_public(wrapped("8.8.8.8")[form])


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_public(address: ipaddress.IPv4Address) -> None:
    mapped = getattr(address, "ipv4_mapped", None) or address
    nat64 = address in ipaddress.ip_network("64:ff9b::/96") if address.version == 6 else False
    if not nat64 and (mapped.is_private or mapped.is_multicast):
        assert not is_public(str(address))
