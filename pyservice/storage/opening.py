"""Which kind of place an address names."""

from __future__ import annotations

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from pyservice.errors import InvalidConfig
from pyservice.storage.files import Files
from pyservice.storage.local_files import LocalFiles
from pyservice.storage.remote_files import RemoteFiles

_S3 = "s3://"


def files_at(url: str) -> Files:
    """Raises InvalidConfig for what nothing installed here can open. Nobody is asked yet."""
    try:
        if url.startswith(_S3):
            return _s3_files(url)
        fs, root = url_to_fs(url)
    except (ImportError, ValueError, TypeError, OSError) as error:
        raise InvalidConfig(
            f"VITRINE_BLOB_URL: Expected file://, s3:// or another URL that the installed fsspec can open, "
            f"received {url!r}: {error}"
        ) from None
    return LocalFiles(root) if isinstance(fs, LocalFileSystem) else RemoteFiles(lambda: url_to_fs(url)[0], root)


def _s3_files(url: str) -> Files:
    # It takes a second to load, and most stores are folders.
    from pyservice.storage.s3_files import S3Files

    root = url.removeprefix(_S3).strip("/")
    if not root:
        raise ValueError("Expected s3://bucket or s3://bucket/folder")
    return S3Files(root)
