import hashlib
import json
from pathlib import Path

import pytest

from pyservice.errors import InvalidConfig, ModelUnavailable
from pyservice.models import Weight, weights_table


def operator_row(**changes: object) -> dict[str, object]:
    row = {
        "id": "mine",
        "task": "product-mask",
        "title": "My own",
        "registry": "file",
        "bytes": 3,
        "sha256": hashlib.sha256(b"abc").hexdigest(),
        "license_weights": "mine",
        "contract": {"size_px": 512, "divide_by": 255, "mean": [0, 0, 0], "std": [1, 1, 1]},
    }
    return {**row, **changes}


def test_shipped_rows_name_package_version_checksums_and_licences() -> None:
    for row in weights_table().values():
        assert row.package
        assert row.version
        assert row.archive_sha256
        assert row.license_weights
        assert row.license_package


def test_default_rows_are_the_three_mask_networks() -> None:
    assert {row.id for row in weights_table().values() if row.default} == {"u2net", "u2netp", "isnet"}


def test_an_operators_row_joins_the_table(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(operator_row()))
    assert weights_table(tmp_path)["mine"].contract.size_px == 512


def test_a_bad_operators_row_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(operator_row(sha256="short")))
    with pytest.raises(InvalidConfig, match=r"mine\.json"):
        weights_table(tmp_path)


def test_weights_with_a_wrong_checksum_refuse_to_load(tmp_path: Path) -> None:
    row = Weight.model_validate(operator_row())
    (tmp_path / "mine.onnx").write_bytes(b"abd")
    assert row.installed(tmp_path)
    with pytest.raises(ModelUnavailable, match="sha256"):
        row.verified(tmp_path)


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="make models"):
        Weight.model_validate(operator_row()).verified(tmp_path)
