"""Check the scripts and styles of the site: types, common mistakes, form.

TypeScript, Biome and stylelint come from npm, pinned with their hashes; Node comes with the
requirements of the tests.

    python tools/javascript          # check
    python tools/javascript --write  # mend what can be mended without asking
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from node import install, node  # noqa: E402

SCRIPTS = ("overrides/assets", "tests", "tools/draw/page", "tools/mutants/make.mjs")
STYLES = "overrides/assets/styles/*.css"
#: What is checked together: pages and workers do not know the same names, nor does Node. All are
#: strict but "lax".
TYPES = ("tsconfig.json", "tsconfig.pages.json", "tsconfig.lax.json", "tsconfig.worker.json")


def main() -> int:
    """Run all checks; return 1 if one finds something."""
    if install(HERE):
        print("npm could not install what checks the scripts: is there a network?", file=sys.stderr)
        return 1
    packages = HERE / "node_modules"
    biome = (packages / "@biomejs" / "biome" / "bin" / "biome", f"--config-path={HERE}")
    if "--write" in sys.argv[1:]:
        return run(biome[0], "check", "--write", biome[1], *SCRIPTS)
    tsc = packages / "typescript" / "bin" / "tsc"
    stylelint = packages / "stylelint" / "bin" / "stylelint.mjs"
    results = [
        *(run(tsc, "--project", HERE / name) for name in TYPES),
        run(biome[0], "check", biome[1], "--error-on-warnings", *SCRIPTS),
        run(stylelint, "--config", HERE / "stylelint.json", "--max-warnings=0", STYLES),
    ]
    return int(any(results))


def run(*command: str | Path) -> int:
    """Run a tool with Node, from the root of the project."""
    return subprocess.run([node(), *command], cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
