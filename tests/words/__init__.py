"""Voices that tell when they say a word: what the aligner is trained on and measured by."""
