"""A board of three hundred cards under many hands: how late pages are, what it costs, how soon it is seen."""
