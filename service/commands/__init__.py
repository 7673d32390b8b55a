"""The commands, one file each; `service.__main__` has their names."""
