"""Which lines of the hooks each test runs through, noted by coverage.py: a test is a context.

What a fixture of a whole file runs counts for all tests of the file.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

#: Tests are run one after the other, and leave nothing behind.
QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")


class Recorder:
    """A plugin of pytest that tells coverage.py whose turn it is."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self.measured = measured
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        self.test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Note the lines and the time of a test, with what prepares it."""
        self.test = test = item.nodeid
        self.measured.switch_context(test)
        started = sum(os.times()[:4])
        result = yield
        self.seconds[test] += sum(os.times()[:4]) - started
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[Any]:
        """Note what is prepared for several tests for all of their file."""
        if fixturedef.scope == "function":
            return (yield)
        self.measured.switch_context(self.test.partition("::")[0])
        try:
            return (yield)
        finally:
            self.measured.switch_context(self.test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what fails without any change."""
        if report.failed:
            self.failed.add(report.nodeid)


def record(tests: list[str], data: Path, without: list[str]) -> int:
    """Run tests and write what was noted; return 0 unless pytest itself gives up.

    Args:
        tests: Their files.
        data: Where the lines go; the times go to the same name with `.json` behind it.
        without: Tests with one of these words in their names are not run.
    """
    measured = coverage.Coverage(data_file=str(data), source=["hooks"], config_file=False)
    recorder = Recorder(measured)
    measured.start()
    code = pytest.main([*QUIET, "-k", f"not ({' or '.join(without)})", *tests], plugins=[recorder])
    measured.stop()
    measured.save()
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return int(code)
    noted = {"seconds": recorder.seconds, "failed": sorted(recorder.failed)}
    Path(f"{data}.json").write_text(json.dumps(noted), encoding="utf-8")
    return 0
