"""How a program ends whose output is cut off, or whose terminal has not every letter."""

import os
import sys
from typing import Callable  # noqa: UP035 (an old Python reads this, too)


def run(main: "Callable[[], int]") -> int:
    """Run a program; return its exit code, 1 where nobody reads on, as after ``| head -1``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be said when Python ends would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code
