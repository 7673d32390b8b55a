"""Machines are busy: hypothesis judges what code does, not how long a busy machine takes."""

from hypothesis import settings

settings.register_profile("patient", deadline=None, derandomize=True)
settings.load_profile("patient")
