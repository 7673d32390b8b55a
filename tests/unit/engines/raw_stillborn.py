"""A voice whose process ends before it speaks."""

import os

os._exit(3)
