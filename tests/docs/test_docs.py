"""The docs say what is true: generated pages are current, links lead somewhere, commands exist."""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from pyservice import errors
from pyservice.cli import build_parser
from pyservice.config import Settings, variable_of
from pyservice.models import weights_table
from pyservice.operations import all_operations
from pyservice.recipes import all_channels, all_presets

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *(page for page in ROOT.glob("*.md"))])
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```", re.DOTALL)
_SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_VERB = re.compile(r"\bmake ([a-z]+[a-z-]*)")


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", generator().pages())
def test_generated_pages_are_current(name: str) -> None:
    assert (DOCS / "reference" / name).read_text("utf-8") == generator().pages()[name], "run `make docs`"


def test_check_finds_a_page_that_is_not_current(tmp_path: Path) -> None:
    copy = tmp_path / "docs"
    copy.mkdir()
    (copy / "generate.py").write_bytes((DOCS / "generate.py").read_bytes())
    (copy / "reference").mkdir()
    command = [sys.executable, str(copy / "generate.py")]
    assert subprocess.run([*command, "--check"], cwd=ROOT, check=False).returncode == 1
    assert list((copy / "reference").iterdir()) == []
    subprocess.run(command, cwd=ROOT, check=True)
    assert subprocess.run([*command, "--check"], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("operations.md", [f"### {name}\n" for name in all_operations()]),
        ("operations.md", [f"`{name}`" for one in all_operations().values() for name in one.params.model_fields]),
        ("presets.md", [f"| `{name}` |" for name in all_presets()]),
        ("channels.md", [f"## {name}\n" for name in all_channels()]),
        ("models.md", [f"| `{name}` |" for name in weights_table()]),
        ("config.md", [f"`{variable_of(name)}`" for name in Settings.model_fields]),
        ("errors.md", [f"| `{one.code}` |" for one in errors.VitrineError.__subclasses__()]),
    ],
)
def test_the_reference_is_complete(page: str, words: list[str]) -> None:
    text = (DOCS / "reference" / page).read_text("utf-8")
    assert [word for word in words if word not in text] == []


@EVERY_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_CODE.sub("", page.read_text("utf-8"))):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The names that a page's headings can be linked by."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EVERY_PAGE
def test_make_verbs_exist(page: Path) -> None:
    named = {verb for code in code_in(page) for verb in _VERB.findall(code)}
    rules = set(re.findall(r"^([a-z-]+|bench-%):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    unknown = {verb for verb in named if verb not in rules and not ("bench-%" in rules and verb.startswith("bench-"))}
    assert unknown == set()


@EVERY_PAGE
def test_commands_are_understood(page: Path) -> None:
    parser = build_parser()
    for block in _SHELL.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            if line.partition(" ")[0].rpartition("/")[2] == "vitrine":
                understood(parser, shlex.split(line, comments=True)[1:])


def understood(parser: ArgumentParser, words: list[str]) -> None:
    try:
        parser.parse_args(words)
    except SystemExit as end:
        assert end.code == 0, words  # noqa: PT017  --help ends well


def code_in(page: Path) -> list[str]:
    """What stands between backticks."""
    text = page.read_text("utf-8")
    return [*_CODE.findall(text), *re.findall(r"`([^`\n]+)`", _CODE.sub("", text))]


def test_examples_in_the_how_tos_are_valid() -> None:
    from pyservice.models import Weight
    from pyservice.recipes import Channel, Preset

    for name, models in (("add-a-channel", (Channel, Preset)), ("use-your-own-onnx", (Weight,))):
        text = (DOCS / f"how-to/{name}.md").read_text("utf-8")
        examples = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
        for model, example in zip(models, examples, strict=True):
            model.model_validate(json.loads(example))
