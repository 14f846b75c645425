"""Blobs named by their sha256, and records about them, in one store."""

from pyservice.storage.blobs import BlobStore, blob_id, is_blob_id
from pyservice.storage.verify import VerifyReport

__all__ = ["BlobStore", "VerifyReport", "blob_id", "is_blob_id"]
