"""Files in a bucket of S3, or of a service that speaks its language. Keys and address are in the AWS_* variables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

import aiohttp
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from s3fs import S3FileSystem

from pyservice.config import aws_region
from pyservice.errors import InvalidConfig, StorageFull, StorageUnavailable
from pyservice.storage.remote_files import Facts, RemoteFiles

# Together with its second try, what does not answer is told within a minute.
_CONNECT_S = 3
_READ_S = 15
_TRIES = 2
# Threads of the service that ask at once.
_CONNECTIONS = 64
_FULL = 507
_CONFIG: dict[str, Any] = {
    # What MinIO and every region understand, in presigned addresses too.
    "signature_version": "s3v4",
    "connect_timeout": _CONNECT_S,
    "read_timeout": _READ_S,
    "retries": {"total_max_attempts": _TRIES, "mode": "standard"},
    "max_pool_connections": _CONNECTIONS,
}


class S3Files(RemoteFiles):
    """One request to read, two to write new bytes. The keys must get, put and delete objects, and list the bucket."""

    failures: ClassVar[tuple[type[Exception], ...]] = (OSError, BotoCoreError, ClientError, aiohttp.ClientError)

    def __init__(self, root: str) -> None:
        """root: bucket/prefix."""
        super().__init__(_opened, root)
        self._bucket, _, self._prefix = self._root.partition("/")

    def link(self, path: str, expires_s: int) -> str | None:
        with self._asking():
            return cast("str", self._fs.sign(self._full(path), expiration=expires_s))

    def check_reachable(self) -> None:
        """One request, without the threads that s3fs starts: a fork may follow. Raises InvalidConfig."""
        try:
            session = botocore.session.get_session()
            client = session.create_client("s3", region_name=aws_region(), config=Config(**_CONFIG))
            client.head_bucket(Bucket=self._bucket)
        except (BotoCoreError, ClientError, ValueError) as error:
            raise InvalidConfig(
                f"VITRINE_BLOB_URL: Expected to reach the bucket {self._bucket} with the keys in AWS_ACCESS_KEY_ID and "
                f"AWS_SECRET_ACCESS_KEY at AWS_ENDPOINT_URL (empty: Amazon's own), received: {error}"
            ) from None

    def _facts(self, path: str) -> Facts | None:
        # s3fs.info lists a "folder" of that name where there is no object: one more request for each new blob.
        try:
            told = self._fs.call_s3("head_object", **self._names(path))
        except FileNotFoundError:
            return None
        return Facts(told["ContentLength"], self._modified_s(path, told), told.get("ETag", "").strip('"'))

    def _is_same(self, facts: Facts, data: bytes) -> bool:
        """The tag of what was sent in one piece is its MD5, but for some kinds of encryption: those are sent again."""
        return facts.size == len(data) and facts.tag == hashlib.md5(data, usedforsecurity=False).hexdigest()

    def _renewed(self, path: str) -> bool:
        """S3 copies an object onto itself where something else about it is replaced."""
        names = self._names(path)
        try:
            self._fs.call_s3("copy_object", **names, CopySource=names, MetadataDirective="REPLACE")
        except FileNotFoundError:
            return False
        return True

    def _modified_s(self, full: str, info: Mapping[str, object]) -> float:
        """S3 tells whole seconds: what was written within one counts as written at its end."""
        return super()._modified_s(full, info) + 0.999

    def _listed(self, full: str, beginning: str) -> Iterable[str]:
        if not beginning:
            return super()._listed(full, beginning)
        return cast("list[str]", self._fs.find(full, maxdepth=1, withdirs=True, prefix=beginning))

    def _problem(self, error: Exception) -> Exception:
        answer = _answer_to(error)
        if isinstance(error, FileNotFoundError) and answer.get("Error", {}).get("Code") != "NoSuchBucket":
            return error
        if answer.get("ResponseMetadata", {}).get("HTTPStatusCode") == _FULL:
            return StorageFull("Expected room for a new object in the bucket, it is full or its quota is used up")
        # Callers of the API read this: no address in it.
        said = answer.get("Error", {}).get("Code") or type(error).__name__
        return StorageUnavailable(f"Expected the bucket {self._bucket} to answer, received: {said}", retry_after_s=5)

    def _names(self, path: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}/{path}" if self._prefix else path}


def _opened() -> S3FileSystem:
    fs = S3FileSystem(
        client_kwargs={"region_name": aws_region()},
        config_kwargs=_CONFIG,
        # Others write as well: what was listed once is not true any more.
        use_listings_cache=False,
        # More than one would ask for the size of each object before it is read.
        max_concurrency=1,
        # Shared, it would keep the keys of whoever came first.
        skip_instance_cache=True,
    )
    # Over and above those of botocore, which does not try again where an answer breaks off.
    fs.retries = _TRIES
    return fs


def _answer_to(error: Exception) -> dict[str, Any]:
    """What the server answered, as far as it did; s3fs puts its own error around the one of botocore."""
    answers = (getattr(one, "response", None) for one in (error, error.__cause__))
    return next((answer for answer in answers if isinstance(answer, dict)), {})
