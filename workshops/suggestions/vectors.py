"""Texts as vectors of length 1, from the word vectors that lie in the package wordllama.

They are read by path and mapped, not loaded: the package's own code would bring a client for downloads with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float64]

TOKENS = "tokenizers/l2_supercat_tokenizer_config.json"
WEIGHTS = "weights/l2_supercat_256.safetensors"
LONGEST = 1000  # signs; a card has 140, and the tokenizer is slow on a line without end


def of(texts: Sequence[str]) -> Vectors:
    """A row for each text. One without a single word has no direction: its row is 0."""
    if not texts:
        return np.zeros((0, _table().shape[1]))
    return unit(np.stack([_mean(_tokens(text)) for text in texts]))


def unit(rows: Vectors) -> Vectors:
    """Each row with length 1, or 0 where it has no direction."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    has_direction = lengths > 1e-9
    return np.where(has_direction, rows / np.where(has_direction, lengths, 1), 0)


def _tokens(text: str) -> list[int]:
    """One text at a time: a batch would start threads, which the children of a worker must not have."""
    legible = text.strip()[:LONGEST].encode(errors="replace").decode()  # half a sign, of broken input, is no text
    return _tokenizer().encode(legible, add_special_tokens=False).ids


def _mean(ids: Sequence[int]) -> Vectors:
    table = _table()
    return table[ids].mean(axis=0, dtype=np.float64) if ids else np.zeros(table.shape[1])


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(_folder() / TOKENS))


@cache
def _table() -> NDArray[np.float16]:
    """A row for each token. The file: a length of 8 bytes, so many bytes of JSON, and the numbers."""
    path = _folder() / WEIGHTS
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        rows, columns = json.loads(file.read(size))["embedding.weight"]["shape"]
    return np.memmap(path, np.float16, mode="r", offset=8 + size, shape=(rows, columns))


def _folder() -> Path:
    spec = find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("The package wordllama is not installed.")
    return Path(spec.submodule_search_locations[0])
