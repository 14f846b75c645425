"""Asking places outside: the only package that opens connections to addresses that somebody named."""

from pyservice.scraping.client import MAX_REDIRECTS, Answer, GuardedClient
from pyservice.scraping.download import Downloaded, download
from pyservice.scraping.url import MAX_URL_CHARS, WebUrl, parse_url

__all__ = [
    "MAX_REDIRECTS",
    "MAX_URL_CHARS",
    "Answer",
    "Downloaded",
    "GuardedClient",
    "WebUrl",
    "download",
    "parse_url",
]
