"""The input of an operation, held against AWS's own model of it: names, types, values, lengths.

Run as ``python labs/check_request.py SERVICE OPERATION FILE``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import strict
from findings import end
from moto.core.utils import get_service_model

if __name__ == "__main__":
    service, operation, file = sys.argv[1:]
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    shape = get_service_model(service).operation_model(operation).input_shape
    end(file, [(1, each) for each in strict.defects(shape, given, operation)])
