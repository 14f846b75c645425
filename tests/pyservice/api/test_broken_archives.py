"""Zips that were made to do harm (SECURITY_TESTS B8): nothing of them is kept, and nothing outside the store."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from .archive_calls import ask, left_over, picture, stored, told, zipped


def made_by_hand(entries: list[tuple[str, bytes, int]], shared_header: bool = False) -> bytes:
    """A zip of deflated data that is there already. entries: name, compressed data, bytes that it claims to have."""
    body, directory = b"", b""
    for name, data, size in entries:
        at = 0 if shared_header else len(body)
        facts = struct.pack("<5H3L2H", 20, 0, 8, 0, 0, 0, len(data), size, len(name), 0)
        if not (shared_header and body):
            body += b"PK\x03\x04" + facts + name.encode() + data
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<3H2L", 0, 0, 0, 0, at)
        directory += name.encode()
    count = min(len(entries), 0xFFFF)
    end = struct.pack("<4H2LH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def four_gigabytes_of_nothing() -> bytes:
    """Deflated zeros, 1,000 to 1."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * 255 + packer.flush()


NOTHING_BYTES = 255 << 24


@pytest.fixture(scope="module")
def nothing() -> bytes:
    return four_gigabytes_of_nothing()


def assert_refused(client: FlaskClient, data: bytes, words: str = "Expected") -> None:
    answer = ask(client, data)
    problem = answer.get_json(force=True)
    assert (answer.status_code, problem["code"]) == (422, "broken_archive")
    assert words in problem["detail"]
    assert stored(client) == []
    assert left_over(client) == []


def test_b8_a_picture_that_unpacks_to_gigabytes_fails_alone(own_client: FlaskClient, nothing: bytes) -> None:
    honest = ("bomb.png", nothing, NOTHING_BYTES)
    modest = ("lie.png", nothing, 1_000_000)
    assert len(nothing) < 5_000_000
    lines = told(ask(own_client, made_by_hand([honest, modest])))
    assert lines["bomb.png"]["problem"]["code"] == "image_too_large"
    assert lines["lie.png"]["problem"]["code"] == "broken_image"
    assert stored(own_client) == []
    assert left_over(own_client) == []


def test_b8_a_zip_of_zips_holds_no_picture(own_client: FlaskClient) -> None:
    inner = zipped({f"{number}.zip": zipped({"a.png": picture(1)}) for number in range(16)})
    assert_refused(own_client, zipped({f"lib {number}.zip": inner for number in range(16)}), "at least one picture")


def test_b8_a_zip_called_like_a_picture_is_none(own_client: FlaskClient) -> None:
    lines = told(ask(own_client, zipped({"a.png": zipped({"b.png": picture(1)})})))
    assert lines["a.png"]["problem"]["code"] == "unsupported_format"
    assert stored(own_client) == []


def test_b8_many_bombs_are_refused_together(own_client: FlaskClient) -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = bomb.compress(bytes(2_000_000)) + bomb.flush()
    entries = [(f"{number}.png", data, 2_000_000) for number in range(600)]
    assert_refused(own_client, made_by_hand(entries), "unpacks to at most 100 times its size")


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.png", "/etc/evil.png", "C:/evil.png", "C:evil.png", "..\\..\\evil.png", "a/../../evil.png"),
        *("\\\\server\\evil.png", "../evil.txt", "a/..", "ok.png\0.txt"),
    ],
)
def test_b8_an_entry_that_points_elsewhere_refuses_the_zip(own_client: FlaskClient, name: str, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.parent.rglob("*evil*"))
    entries = [("good.png", zlib.compress(picture(1), wbits=-15), 100), (name, b"\x03\0", 0)]
    assert_refused(own_client, made_by_hand(entries), "inside the zip")
    assert sorted(path for path in tmp_path.parent.rglob("*evil*")) == before


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_b8_links_and_devices_refuse_the_zip(own_client: FlaskClient, kind: int) -> None:
    link = zipfile.ZipInfo("link.png")
    link.external_attr = (kind | 0o777) << 16
    assert_refused(own_client, zipped([("good.png", picture(1)), (link, b"/etc/passwd")]), "link.png")


def test_b8_a_password_refuses_the_zip(own_client: FlaskClient) -> None:
    data = bytearray(zipped({"good.png": picture(1), "locked.png": picture(2)}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert_refused(own_client, bytes(data), "without a password")


def test_b8_a_million_entries_are_refused(
    make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    entry = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, 20, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + b"a.png"
    directory = entry * 1_000_000
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, len(directory), 0, 0)
    assert_refused(signed_in(make_app()), directory + end, "at most 100,000 entries")


def test_b8_a_list_of_entries_that_hides_behind_another_is_counted(own_client: FlaskClient) -> None:
    """The old end says that the list is short, the one of zip64 that it is not."""
    entry = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, 20, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + b"a.png"
    directory = entry * 100_001
    end_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(directory), 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(directory), 1)
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry), 0, 0)
    assert_refused(own_client, directory + end_64 + locator + end, "at most 100,000 entries")


def test_b8_entries_that_share_their_bytes_are_refused(own_client: FlaskClient) -> None:
    data = zlib.compress(picture(1), wbits=-15)
    entries = [("same.png", data, len(picture(1)))] * 50
    assert_refused(own_client, made_by_hand(entries, shared_header=True), "overlap")


def test_b8_entries_within_one_another_are_refused(own_client: FlaskClient) -> None:
    """As the better zip bomb has them: each entry's data begins with the next one's header."""
    inner = made_by_hand([("b.png", zlib.compress(picture(1), wbits=-15), 100)])
    local = inner[: inner.index(b"PK\x01\x02")]
    directory = b""
    outer_facts = struct.pack("<5H3L2H", 20, 0, 0, 0, 0, 0, len(local), len(local), 5, 0)
    body = b"PK\x03\x04" + outer_facts + b"a.png" + local
    for name, facts, at in ((b"a.png", outer_facts, 0), (b"b.png", local[4:30], 35)):
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<3H2L", 0, 0, 0, 0, at) + name
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 2, 2, len(directory), len(body), 0)
    assert_refused(own_client, body + directory + end, "overlap")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_entry_of_another_method_fails_alone(own_client: FlaskClient, method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.png", picture(1) * 20, method)
        archive.writestr("b.png", picture(2), method)
    data = bytearray(file.getvalue())
    data[45:90] = b"\xff" * 45
    lines = told(ask(own_client, bytes(data)))
    assert (lines["a.png"]["problem"]["code"], lines["b.png"]["status"]) == ("broken_image", "taken")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06",
        b"PK\x03\x04 not a zip",
        picture(1),
        zipped({}),
        zipped({"a.png": picture(1)})[:-1],
        zipped({"a.png": picture(1)})[:-30],
        zipped({"a.png": picture(1)})[40:],
        b"PK\x05\x06" + bytes(8) + b"\xff" * 8 + bytes(2),
    ],
)
def test_b8_what_is_no_whole_zip_is_refused(own_client: FlaskClient, data: bytes) -> None:
    assert_refused(own_client, data)


def test_b8_an_entry_without_a_name_is_passed_over(own_client: FlaskClient) -> None:
    entries = [("", b"\x03\0", 0), ("a.png", zlib.compress(picture(1), wbits=-15), len(picture(1)))]
    assert told(ask(own_client, made_by_hand(entries))).keys() == {"a.png"}


def test_b8_no_damage_is_a_bug(own_client: FlaskClient) -> None:
    """Every byte of a small zip's lists, altered: the answer is a zip's, or a refusal."""
    whole = zipped({"a.png": picture(1)})
    for at in range(whole.index(b"PK\x01\x02"), len(whole)):
        data = bytearray(whole)
        data[at] ^= 0xFF
        answer = ask(own_client, bytes(data))
        assert answer.status_code in (200, 422), at
        assert b"internal_error" not in answer.data, at
