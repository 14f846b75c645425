import pytest

from pyservice.errors import InvalidConfig, NotFound
from pyservice.quality import Metrics
from pyservice.recipes import all_channels, all_presets, bind, find_preset, presets


@pytest.mark.parametrize("name", list(all_presets()))
def test_every_preset_is_a_recipe_that_binds(name: str) -> None:
    preset = find_preset(name)
    assert preset.name == name
    assert preset.title
    assert preset.description
    bind(preset.recipe)


@pytest.mark.parametrize("name", [name for name, preset in all_presets().items() if preset.rules])
def test_rules_of_presets_name_metrics_that_are_measured(name: str) -> None:
    for rule in find_preset(name).rules:
        assert rule.metric in Metrics.model_fields
        assert rule.reason


def test_every_channel_has_a_preset_of_its_name() -> None:
    assert set(all_channels()) <= {preset.name for preset in all_presets().values() if preset.kind == "channel"}


def test_the_modes_of_the_enhance_api_are_all_there() -> None:
    modes = {preset.name for preset in all_presets().values() if preset.kind == "mode"}
    assert modes == {"auto", "full", "sharpen", "denoise", "upscale", "optimize"}


def test_auto_adds_steps_only_where_the_picture_calls_for_them() -> None:
    auto = find_preset("auto")
    fine = {"noise_sigma": 0.5, "bright_lightness": 90.0, "contrast": 60.0, "long_side_px": 2000, "blur": 0.2}
    noisy = {**fine, "noise_sigma": 12.0}
    names = [[step.operation for step in auto.recipe_for(metrics).steps] for metrics in (fine, noisy)]
    assert "denoise" not in names[0]
    assert "denoise" in names[1]


def test_an_unknown_preset_lists_those_there_are() -> None:
    with pytest.raises(NotFound, match="catalog-white"):
        find_preset("nonesuch")


def test_a_preset_file_with_a_mistake_is_named() -> None:
    with pytest.raises(InvalidConfig, match=r"Expected a value at shop\.json\.name"):
        presets._loaded("shop.json", '{"title": "Shop"}')
