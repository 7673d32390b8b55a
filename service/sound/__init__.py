"""Script + voice → clip, clips → track: how it sounds, and what an MP3 says of itself."""
