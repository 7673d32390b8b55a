"""Source → article: what is to be read, and what is left out and why."""
