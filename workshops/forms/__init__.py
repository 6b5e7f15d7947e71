"""What people fill in about squads, statements and workshops."""
