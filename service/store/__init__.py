"""What is kept: the library and the audio."""
