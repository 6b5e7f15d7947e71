"""Public lists of short texts with labels, as they lie in packages. Read by path: nothing of the packages is run."""

from __future__ import annotations

import ast
import gzip
import html
import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

LONGEST = 140  # signs, as a card has
SHORTEST = 15


class Labelled(NamedTuple):
    """A text, and the name of what it belongs to."""

    text: str
    label: str


def operations() -> list[Labelled]:
    """The first sentence about each operation of Amazon's services, which are the labels."""
    return [
        Labelled(text, service.name)
        for service in sorted((folder_of("botocore") / "data").iterdir())
        for text in sentences(service)
        if SHORTEST < len(text) <= LONGEST and "eprecated" not in text
    ]


def sentences(service: Path) -> Iterator[str]:
    for newest in sorted(service.glob("*/service-2.json.gz"))[-1:]:
        for operation in json.loads(gzip.decompress(newest.read_bytes()))["operations"].values():
            plain = html.unescape(re.sub("<[^>]+>", " ", operation.get("documentation", "")))
            yield re.split(r"(?<=[.])\s", " ".join(plain.split()))[0]


def attributes() -> list[Labelled]:
    """The brief of each attribute of OpenTelemetry, by namespace."""
    return briefs("attributes", ends="\n\n")


def metrics() -> list[Labelled]:
    """The brief of each metric of OpenTelemetry, by namespace."""
    return briefs("metrics", ends="\n")


def briefs(kind: str, *, ends: str) -> list[Labelled]:
    modules = sorted((folder_of("opentelemetry.semconv") / "_incubating" / kind).glob("*.py"))
    found = [pair for module in modules for pair in documented(ast.parse(module.read_text()).body)]
    cut = [Labelled(" ".join(text.strip().split(ends)[0].split())[:LONGEST], name) for name, text in found]
    return [Labelled(text, name.split(".")[0]) for text, name in cut if "eprecated" not in text]


def documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """The constants that a text follows: NAME: Final = "name" and its docstring."""
    for constant, text in pairwise(body):
        match constant, text:
            case ast.AnnAssign(value=ast.Constant(value=str(name))), ast.Expr(value=ast.Constant(value=str(said))):
                if "." in name:
                    yield name, said


def folder_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install --no-deps -r requirements/bench.txt")
    return Path(next(iter(spec.submodule_search_locations)))
