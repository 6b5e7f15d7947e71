"""The live engine beside its peers: `python -m benchmarks.live`. See README.md."""
