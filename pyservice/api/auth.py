"""Who may call: holders of a short-lived service token, a JWT signed with the shared key (RFC 7519, 8725)."""

from __future__ import annotations

from typing import Any

import jwt
from flask import request

from pyservice.errors import Unauthorized

ALGORITHM = "HS256"
AUDIENCE = "vitrine-pyservice"
ISSUER = "vitrine-gateway"
LEEWAY_S = 5
MAX_LIFETIME_S = 300

_HEADER = {"alg", "typ"}
_LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")


def require_token(secret: str) -> None:
    """Check the present request's token. Raises Unauthorized."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("Expected a service token in the Authorization header (Bearer), received none")
    checked_claims(token.strip(), secret)


def checked_claims(token: str, secret: str) -> dict[str, Any]:
    """The claims of a good token. Raises Unauthorized, without saying which check failed beyond its kind."""
    try:
        if not set(jwt.get_unverified_header(token)) <= _HEADER:
            raise Unauthorized("Expected a token header with alg and typ only: the key is not the caller's choice")
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=LEEWAY_S,
            options={"require": ["exp", "iat", "aud", "iss"], "strict_aud": True},
        )
    except jwt.PyJWTError as error:
        raise Unauthorized(f"Expected a valid service token, received one with: {error}") from None
    if not (type(claims["exp"]) is type(claims["iat"]) is int):
        raise Unauthorized("Expected exp and iat as whole seconds, received something else")
    lifetime_s = claims["exp"] - claims["iat"]
    if not 0 < lifetime_s <= MAX_LIFETIME_S:
        raise Unauthorized(f"Expected a token that lives at most {MAX_LIFETIME_S} s, received {lifetime_s} s")
    return claims


def comes_from_this_machine() -> bool:
    """Whether the caller sits on loopback, and did not come through a proxy that does."""
    forwarded = "Forwarded" in request.headers or "X-Forwarded-For" in request.headers
    return request.remote_addr in _LOOPBACK and not forwarded
