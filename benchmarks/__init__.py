"""Load generators, run by hand: `python -m benchmarks.pages` and so on."""
