"""What each stage of a workshop shows: a context for its template, made from what the actor may see."""
