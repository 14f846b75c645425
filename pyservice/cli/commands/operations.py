"""List the operations a recipe can be made of, or tell all about one."""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json

HELP = "list the operations, or tell all about one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[NAME]"""
    parser.add_argument("name", nargs="?", metavar="NAME", help="operation to tell all about")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    from pyservice.cli.consoles import print_json
    from pyservice.cli.exits import DONE
    from pyservice.operations import all_operations, find_operation

    if arguments.name is not None:
        operation = find_operation(arguments.name, "the command")
        if arguments.json:
            print_json(operation.schema())
        else:
            _print_one(operation.schema())
    elif arguments.json:
        print_json([operation.schema() for operation in all_operations().values()])
    else:
        _print_all([operation.schema() for operation in all_operations().values()])
    return DONE


def _print_all(schemas: list[dict[str, object]]) -> None:
    from pyservice.cli.consoles import out, table

    rows = table("Group", "Operation", "What it does")
    before = None
    for schema in schemas:
        group = schema["group"]
        rows.add_row("" if group == before else str(group), str(schema["name"]), str(schema["summary"]))
        before = group
    out().print(rows)


def _print_one(schema: dict[str, object]) -> None:
    from pyservice.cli.consoles import out, shown, table
    from pyservice.cli.parameters import parameters

    console = out()
    console.print(f"[bold]{schema['title']}[/]: {schema['name']} ({schema['group']})", highlight=False)
    console.print(shown(str(schema["summary"])), highlight=False)
    if schema["description"]:
        console.print(shown(str(schema["description"])), highlight=False)
    rows = table("Parameter", "Values", "Default", "Meaning")
    for one in parameters(schema["params"]):
        rows.add_row(one.name, shown(one.values), shown(one.default), shown(one.meaning))
    console.print(rows if rows.rows else "It has no parameters.")
