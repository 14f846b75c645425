"""Which addresses may be asked: a table, as the standard library's own opinion has changed before."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.scraping.address import is_own, is_public

INSIDE_4 = """
0.0.0.0 0.1.2.3 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200
100.127.255.255 127.0.0.1 127.1.2.3 127.255.255.255 168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.0 172.16.0.1
172.31.255.255 192.0.0.1 192.0.0.170 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.0 192.168.1.1 192.168.255.255
198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.254
255.255.255.255
"""
INSIDE_6 = """
:: ::1 ::2 fc00::1 fd00::1 fd00:ec2::254 fdff:ffff::1 fe80::1 fe80::1%eth0 2a00:1450:4001::1%eth0 febf::1 fec0::1
feff::1 ff00::1 ff02::1 ff0e::1 100::1 100:0:0:1::1 2001:db8::1 2001:2::1 2001:10::1 2001:20::1 3fff::1 3ffe::1
4000::1 5f00::1
"""
WRAPPED = """
::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::10.0.0.1 ::127.0.0.1 ::8.8.8.8 ::ffff:0:10.0.0.1 2002:c0a8:0101::
2002:c0a8:101::1 2002:7f00:1::1 2002:a9fe:a9fe::1 64:ff9b::172.16.0.1 64:ff9b::100.64.0.1 64:ff9b::127.0.0.1
64:ff9b::169.254.169.254 64:ff9b::0.0.0.0 64:ff9b:1::1 64:ff9b:1::8.8.8.8 64:ff9b:1:ffff::10.0.0.1 64:ff9b::1:0:0
2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2a00:1450:4001:80b:0:5efe:10.0.0.1
2a00:1450:4001:80b:200:5efe:192.168.0.1 2a00:1450:4001:80b:0:5efe:8.8.8.8 fe80::5efe:10.0.0.1
"""
PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.88.98.1
192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 203.0.112.255 203.0.114.0 223.255.255.255
64:ff9b::8.8.8.8 64:ff9b::1.1.1.1 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700:4700::1111 2620:fe::fe
2a00:1450:4001:80b::200e 2a00:1450:4001:80b:5efe:0:a00:1
"""


@pytest.mark.parametrize("text", [*INSIDE_4.split(), *INSIDE_6.split()])
def test_c2_addresses_of_the_inside_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", WRAPPED.split())
def test_c3_an_ipv4_address_in_an_ipv6_address_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC.split())
def test_c4_public_addresses_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_c2_what_the_standard_library_calls_private_is_never_public(address: IPv4Address) -> None:
    assert not is_public(address) or (address.is_global and not address.is_multicast)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_c2_no_ipv6_address_outside_of_unicast_is_public(address: IPv6Address) -> None:
    if is_public(address) and int(address) >> 32 != 0x64FF9B << 64:
        assert address.is_global
        assert int(address) >> 125 == 1


@given(st.integers(0, 2**32 - 1))
def test_c3_nat64_is_as_public_as_what_is_behind_it(number: int) -> None:
    assert is_public(IPv6Address((0x64FF9B << 96) | number)) == is_public(IPv4Address(number))


def test_c11_this_machine_knows_its_own_addresses() -> None:
    assert is_own(ip_address("127.0.0.1"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("8.8.8.8", 9))
        except OSError:
            return  # no way out of this machine, so no address towards it
        assert is_own(ip_address(probe.getsockname()[0]))


def test_c4_addresses_of_others_are_not_its_own() -> None:
    assert not is_own(ip_address("8.8.8.8"))
    assert not is_own(ip_address("2001:4860:4860::8888"))
