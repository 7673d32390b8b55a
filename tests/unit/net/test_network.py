"""Which addresses are public, whatever form they are written in."""

import ipaddress

import pytest

from service.net.network import is_public


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"]
)
def test_public_addresses_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "192.0.0.8", "192.88.99.1", "168.63.129.16",
        "224.0.0.251", "255.255.255.255", "::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
        "2002:808:808::", "2001:0:808:808::", "2001:2::1", "3fff:1::", "4000::1", "fe80::1",
        "fd00::1", "ff02::1",
    ],
)  # fmt: skip
def test_private_special_and_disguised_addresses_are_not(address):
    assert not is_public(ipaddress.ip_address(address))
