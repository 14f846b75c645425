"""Names that servers suggest are hints, never paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.scraping.file_name import MAX_NAME_CHARS, suggested_name


@pytest.mark.parametrize(
    ("disposition", "target", "name"),
    [
        (None, "/a/b.jpg", "b.jpg"),
        (None, "/a/b.JPEG?x=1/2.png", "b.JPEG"),
        (None, "/gr%C3%B6%C3%9Fe%20M.jpg", "größe M.jpg"),
        (None, "/", "picture.jpg"),
        (None, "/images/", "picture.jpg"),
        (None, "/image?id=5", "image.jpg"),
        (None, "/shell.php", "shell.php.jpg"),
        (None, "/a.png", "a.png.jpg"),
        (None, "/..%2f..%2fetc%2fpasswd", "passwd.jpg"),
        (None, "/%2e%2e", "picture.jpg"),
        (None, "/.htaccess", "htaccess.jpg"),
        (None, "/a%00%0a%1b[31m.jpg", "a[31m.jpg"),
        (None, "/a%3Cb%3E%7C.jpg", "a_b__.jpg"),
        (None, "/%E2%80%AEgpj.exe", "gpj.exe.jpg"),
        (None, "/" + "x" * 300 + ".jpg", "x" * 96 + ".jpg"),
        ('attachment; filename="shoe.jpg"', "/download", "shoe.jpg"),
        ("attachment; filename*=UTF-8''sch%C3%B6n.jpg", "/download", "schön.jpg"),
        ('attachment; filename="..\\\\..\\\\boot.ini"', "/x.jpg", "boot.ini.jpg"),
        ('attachment; filename="/etc/passwd"', "/x.jpg", "passwd.jpg"),
        ('attachment; filename=""', "/x.jpg", "x.jpg"),
        ("attachment; filename*=no-such-charset''a.jpg", "/x.jpg", "a.jpg"),
        ("inline", "/x.jpg", "x.jpg"),
        (";;;=", "/x.jpg", "x.jpg"),
    ],
)
def test_suggests_a_name_that_is_no_path(disposition: str | None, target: str, name: str) -> None:
    assert suggested_name(disposition, target, "jpeg") == name


@given(st.none() | st.text(max_size=150), st.text(max_size=150))
def test_whatever_is_said_the_name_is_safe(disposition: str | None, path: str) -> None:
    name = suggested_name(disposition, f"/{path}", "png")
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*')
    assert 4 < len(name) <= MAX_NAME_CHARS
    assert name.lower().endswith(".png")
    assert not name.startswith(".")
