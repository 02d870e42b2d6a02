"""Does a block print what its page shows? Names that differ from run to run are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from service import LabError

from annotated.records.models import Normal
from annotated.records.patterns import PatternError, replaced

#: A line that stands for any number of lines.
ANY = "..."


def normal(text: str, rules: Iterable[Normal]) -> list[str]:
    r"""Return the lines of `text` as they are compared: without what differs from run to run.

    How wide a gap between words is does not count: in a page, a tab is spaces.

    Raises:
        LabError: a rule's pattern does not end.

    >>> normal("pot-17\tis full \n\n", [Normal(pattern="pot-[0-9]+", by="pot")])
    ['pot is full']
    """
    try:
        text = replaced(text, [(rule.pattern, rule.by) for rule in rules])
    except PatternError as error:
        raise LabError(f"data/labs.yml: {error} in 'normalize'; make it simpler") from error
    return [re.sub(r"[ \t]+", " ", line).rstrip() for line in text.rstrip().split("\n")]


def first_difference(found: Sequence[str], expected: Sequence[str]) -> int | None:
    """Return the first line of `expected` that `found` does not have there; None if it has all.

    One more than there are, if `found` goes on.

    >>> first_difference(["a", "b", "c", "d"], ["a", "...", "d"]) is None
    True
    >>> first_difference(["a", "b"], ["a", "c"])
    1
    >>> first_difference(["a", "b"], ["a"]), first_difference(["a"], ["a", "b"])
    (1, 1)
    >>> first_difference(["a", "b"], ["...", "a"])
    2
    """
    reached = 0
    places = {0}  # how many lines of `found` may be used up
    for number, line in enumerate(expected):
        if line.strip() == ANY:
            places = set(range(min(places), len(found) + 1))
            reached = number + 1
            continue
        places = {at + 1 for at in places if at < len(found) and found[at] == line}
        if not places:
            return reached
        reached = number + 1
    return None if len(found) in places else len(expected)
