"""Runs every benchmark of this folder, or those named: python -m tests.bench press_play."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Prints the figures of each benchmark under its name."""
    folder = Path(__file__).parent
    found = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    for name in sys.argv[1:] or found:
        print(f"\n{name}")
        import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main()
