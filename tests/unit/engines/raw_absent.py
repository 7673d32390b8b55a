"""A voice whose engine is not installed."""

import no_such_engine  # noqa: F401
