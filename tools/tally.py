"""Adds up pytest's JUnit files and prints `N passed, N failed, N skipped`; exit 1 if any failed."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def tally(paths: list[str]) -> tuple[int, int, int]:
    """(passed, failed, skipped) over all test cases of the files; an error counts as failed."""
    passed = failed = skipped = 0
    for path in paths:
        if not Path(path).exists():
            continue
        for case in ET.parse(path).iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    return passed, failed, skipped


if __name__ == "__main__":
    passed, failed, skipped = tally(sys.argv[1:])
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed or not passed else 0)
