"""``python -m aligntool``."""

from aligntool.cli import main

if __name__ == "__main__":
    main()
