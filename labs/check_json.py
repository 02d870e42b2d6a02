"""Is a file JSON? Prints ``file:line: what is wrong``."""

import json
import sys
from pathlib import Path

file = sys.argv[1]
try:
    json.loads(Path(file).read_text(encoding="utf-8"))
except json.JSONDecodeError as error:
    sys.exit(f"{file}:{error.lineno}:{error.colno}: {error.msg}")
