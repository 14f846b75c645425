"""A little internet: names with public addresses, which lead to servers of the test."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from ipaddress import ip_address

from pyservice.scraping.address import IpAddress


class Internet:
    """names: the addresses of each name. hosts: the port on loopback behind each public address, for any port."""

    def __init__(self, names: Mapping[str, list[str]], hosts: Mapping[str, int]) -> None:
        self.names = dict(names)
        self.hosts = dict(hosts)
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str) -> list[IpAddress]:
        self.asked.append(host)
        return [ip_address(text) for text in self.names.get(host, [])]

    def connect(self, address: IpAddress, port: int, timeout_s: float) -> socket.socket:
        self.connected.append((str(address), port))
        if str(address) not in self.hosts:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.hosts[str(address)]), timeout_s)
