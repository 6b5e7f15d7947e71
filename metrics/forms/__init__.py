"""Forms about numbers."""
