"""Load generators, run by hand: `python -m benchmarks.<name>`."""
