"""The processing service over HTTP: one blueprint per noun, for the gateway alone."""

from pyservice.api.app import create_app

__all__ = ["create_app"]
