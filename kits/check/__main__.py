"""`python -m kits.check FOLDER [--sources DIR]`: the check without Django."""

import argparse
import sys
from pathlib import Path

from kits.check import check_folder, told


def main(arguments: list[str]) -> int:
    """Print the report; 1 where there are problems."""
    parser = argparse.ArgumentParser(prog="kits.check", description="Say what is wrong with a kit.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=Path, help="a folder of documents to hold the kit against")
    options = parser.parse_args(arguments)
    report = check_folder(options.folder, options.sources)
    sys.stdout.writelines(f"{line}\n" for line in told(report))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
