"""Where numbers come from: one module a kind, all behind the same contract."""
