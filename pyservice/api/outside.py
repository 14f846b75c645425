"""Asking places outside: the guarded client, and places of their own for those who wait for an answer.

Waiting costs a thread and no processor, so it takes no place from those who compute.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyservice.api.places import Places
from pyservice.config import Settings
from pyservice.scraping import GuardedClient

MOST_FETCHES = 16
MOST_DELIVERIES = 8


@dataclass(frozen=True)
class Outside:
    """What routes need that ask outside."""

    client: GuardedClient
    fetches: Places
    deliveries: Places


def make_outside(settings: Settings) -> Outside:
    """By the settings. Raises InvalidConfig where VITRINE_FETCH_ALLOW cannot be read."""
    return Outside(
        GuardedClient(settings.fetch_allow), Places(MOST_FETCHES, 0, "fetch"), Places(MOST_DELIVERIES, 0, "deliver")
    )
