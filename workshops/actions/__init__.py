"""Writes of a workshop. Each takes the operation that its sender named, and happens once."""
