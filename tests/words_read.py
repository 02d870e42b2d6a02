"""Which English word of the interface each word of another language was last read against.

The words are the engine's, and so are these readings: a site that takes a later engine has nothing
to read again. ``python tests/words_read.py KEY ...`` records that the words of these keys were read
against English as it is now, ``--new`` takes those that nobody has recorded yet.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks")]

from annotated.records.load import LENDER  # noqa: E402
from annotated.records.problems import Place  # noqa: E402
from annotated.records.readings import lines_of, load_readings, written  # noqa: E402
from annotated.records.units import Unit  # noqa: E402

WORDS = ROOT / "data" / "words"


def words_of(language: str) -> dict[str, str]:
    """The words of a language, by their keys."""
    text = (WORDS / f"{language}.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["words"])


def languages() -> list[str]:
    """The languages that have words, beside the one from which they are translated."""
    return sorted(file.stem for file in WORDS.glob("*.yml") if file.stem != LENDER)


def readings_of(language: str) -> str:
    """Where the readings of a language are kept, below the project."""
    return f"tests/words-read.{language}.txt"


def waiting(
    original: Mapping[str, str], own: Collection[str], read: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """The keys whose words were not read against their originals, each with the hash of that.

    Args:
        original: the words from which they were translated, by their keys.
        own: the keys that have a word in the other language.
        read: the hashes of the originals that each was read against.
    """
    digests = {key: Unit(key, original[key], Place("")).digest for key in original if key in own}
    return {key: digest for key, digest in digests.items() if digest not in read.get(key, ())}


def _record(language: str, keys: Collection[str], *, new: bool) -> list[str]:
    own, file = words_of(language), readings_of(language)
    readings, _ = load_readings(ROOT, file)
    waits = waiting(words_of(LENDER), own, readings.read)
    taken = {k: v for k, v in waits.items() if k in keys or (new and k not in readings.read)}
    kept = [(k, v) for k, v in lines_of(readings) if k in own and k not in taken]
    text = written([*kept, *taken.items()]).replace("hooks/cli.py reread", "tests/words_read.py")
    (ROOT / file).write_text(text, encoding="utf-8")
    return sorted(taken)


if __name__ == "__main__":
    for each in languages():
        for name in _record(each, sys.argv[1:], new="--new" in sys.argv):
            print(f"{each}  {name}")
