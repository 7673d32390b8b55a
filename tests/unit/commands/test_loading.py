"""A command is imported without a look for garbage, then or later."""

import gc

from service.__main__ import _loading


def test_what_is_loaded_is_never_looked_through_for_garbage():
    before = gc.get_freeze_count()
    try:
        with _loading():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
