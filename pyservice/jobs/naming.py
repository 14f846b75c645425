"""Names of results: the original's own, unless two pictures would get the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from pyservice.jobs.zip_sources import is_inside

# File systems allow 255 bytes for a name; a suffix and a temporary name must fit as well.
_MOST_BYTES = 180
_ELSEWHERE = re.compile(r"[/\\:\0]")
_NAMELESS = "picture"
# What is put behind a stem, in the extension's place.
RESULT, MASK = "_processed", "_mask"


def result_stems(names: Sequence[str]) -> list[str]:
    """For each source name, the path below the output folder that its results begin with.

    `shoes/a.jpg` becomes `shoes/a`. Pictures that differ in nothing but their extension keep it, as `a-jpg`
    and `a-png`; those that still agree, or whose results would be called like another original, are numbered in
    order. So a name depends on no one's timing, and no result takes an original's place.
    """
    plain = [_stem(name) for name in names]
    crowded = _crowded(plain)
    told_apart = [
        _with_suffix(stem, name) if _same(stem) in crowded else stem for stem, name in zip(plain, names, strict=True)
    ]
    return _numbered(told_apart, originals=set(map(_same, plain)))


def _stem(name: str) -> str:
    """Without extension, and short enough. A name that points elsewhere becomes a flat one."""
    path = PurePosixPath(name if is_inside(name.replace("\\", "/")) else _ELSEWHERE.sub("_", name))
    if path.name in ("", ".."):
        return _NAMELESS
    short = _shortened(path.stem.strip() or path.name)
    return str(path.with_name(short))


def _shortened(stem: str) -> str:
    data = stem.encode("utf-8", "surrogateescape")
    if len(data) <= _MOST_BYTES:
        return stem
    # The digest keeps apart what differs only in its end.
    return f"{data[:_MOST_BYTES].decode('utf-8', 'ignore')}-{hashlib.sha256(data).hexdigest()[:8]}"


def _with_suffix(stem: str, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lstrip(".").lower()
    return f"{stem}-{suffix}" if suffix else stem


def _crowded(stems: Sequence[str]) -> set[str]:
    return {same for same, count in Counter(map(_same, stems)).items() if count > 1}


def _numbered(stems: Sequence[str], originals: set[str]) -> list[str]:
    taken: set[str] = set()
    # By stem, the highest number that was tried: a thousand pictures of one name need not count from 2 again each.
    tried: dict[str, int] = {}
    result = []
    for stem in stems:
        number = tried.get(_same(stem), 1)
        free = stem if number == 1 else f"{stem}-{number}"
        while _same(free) in taken or not originals.isdisjoint({_same(free + RESULT), _same(free + MASK)}):
            number += 1
            free = f"{stem}-{number}"
        tried[_same(stem)] = number
        taken.add(_same(free))
        result.append(free)
    return result


def _same(stem: str) -> str:
    """Names that some file system takes for one and the same have the same key."""
    return unicodedata.normalize("NFC", stem).casefold()
