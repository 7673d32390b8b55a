"""Telling others what has become of articles."""
