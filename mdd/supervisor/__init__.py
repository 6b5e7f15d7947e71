"""One command that keeps every process of an instance running: engines, web, workers and beat. No Django in here."""
