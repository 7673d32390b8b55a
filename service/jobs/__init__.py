"""The queue of clips to make."""
