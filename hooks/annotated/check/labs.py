"""Rules about labs: their form, what they name, and that what is said of each block was seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch

from annotated.check.references import unknown
from annotated.records.labs import (
    BLOCK,
    BOX,
    CLEAN_UP,
    COMMANDS,
    DRAWN,
    OUTPUT,
    SHOWN,
    Block,
    blocks_of,
    is_lab,
    labs_of,
    outputs_alone,
    result_of,
    settings_of,
    shown_only,
)
from annotated.records.load import Located, Site
from annotated.records.models import Labs
from annotated.records.pages import Page
from annotated.records.patterns import Found, PatternError, found
from annotated.records.problems import Place, Problem, quoted

#: The name under which a lab's commands are given to validators.
SCRIPT = "commands.sh"


def form(site: Site) -> Iterable[Problem]:
    """A lab has its headings, says once what its run has shown, and each of its fences is known."""
    sections = settings_of(site).sections
    for page in labs_of(site):
        there = [h.id for h in page.headings if h.id in sections]
        expected = [name for name in sections if name in there]
        for name in sections:
            if name not in there:
                message = f"a lab has a heading {{#{name}}}, after those of {', '.join(sections)}"
                yield Problem(Place(page.file), "lab-heading", message)
        for heading, name in zip(
            (h for h in page.headings if h.id in sections), expected, strict=False
        ):
            if heading.id != name:
                message = f"found {{#{heading.id}}}, expected {{#{name}}} first"
                yield Problem(heading.place, "lab-heading", message)
                break
        boxes = [d for d in page.directives if d.name == BOX]
        if len(boxes) != 1:
            at = boxes[1].place if boxes else Place(page.file, page.body_line)
            message = f"found {len(boxes)} '<!-- {BOX} -->', expected one, below the first lines"
            yield Problem(at, "lab-box", message)
        yield from _fences(page)


def _fences(page: Page) -> Iterator[Problem]:
    for fence in page.fences:
        if fence.place.column > 1:
            message = "a block of a lab begins in the first column: its label stands below it"
            yield Problem(fence.place, "lab-block", message)
        elif fence.language not in (COMMANDS, OUTPUT, DRAWN) and not fence.title:
            message = (
                f"found '{fence.language}', expected '{COMMANDS}', '{OUTPUT}', '{DRAWN}', "
                'or a file: title="name"'
            )
            yield Problem(fence.place, "lab-block", message)
        elif (
            fence.language != COMMANDS
            and fence.title
            and not re.fullmatch(r"\w[\w.-]*", fence.title)
        ):
            yield Problem(fence.place, "lab-block", f"{quoted(fence.title)} is no name of a file")
    for fence in outputs_alone(page):
        message = f"an '{OUTPUT}' stands straight below the '{COMMANDS}' that prints it"
        yield Problem(fence.place, "lab-block", message)


def known_parts(site: Site) -> Iterable[Problem]:
    """What a block is shown only for is a known reason, and what a lab needs is told."""
    reasons = settings_of(site).reasons
    for page in labs_of(site):
        for directive, fence in shown_only(page):
            word, _, reason = directive.argument.partition(" ")
            if word != SHOWN or not reason:
                message = f"found '{directive.argument}', expected '{SHOWN}' and a reason"
                yield Problem(directive.place, "bad-argument", message)
            else:
                yield from unknown(site, "reason", reason.strip(), reasons, directive.place)
            if fence is None:
                message = "stands above no block; what it speaks of follows on the next line"
                yield Problem(directive.place, "bad-argument", message)
    for page in site.pages.values():
        for directive in page.directives:
            if directive.name in (BLOCK, BOX) and not is_lab(page):
                message = f"'{directive.name}' belongs to a page of 'kind: lab'"
                yield Problem(directive.place, "bad-argument", message)
    yield from _known_to_record(site)


def _known_to_record(site: Site) -> Iterator[Problem]:
    """What ``data/labs.yml`` names for one lab is there."""
    if site.labs is None:
        return
    paths = {page.path for page in labs_of(site)}
    for number, name in enumerate(site.labs.value.order):
        yield from unknown(site, "page", name, paths, site.labs.at("order", number))
    for name, lab in site.labs.value.labs.items():
        yield from unknown(site, "page", name, paths, site.labs.at("labs", name))
        if lab.without:
            at = site.labs.at("labs", name, "without")
            yield from unknown(site, "reason", lab.without, site.labs.value.reasons, at)
        for patch in lab.patches:
            at = site.labs.at("labs", name, "patches", patch)
            yield from unknown(site, "patch", patch, site.labs.value.patches, at)


def files_are_checked(site: Site) -> Iterable[Problem]:
    """Each file of a lab is one that a validator checks."""
    if site.labs is None:
        return
    patterns = [p for each in site.labs.value.validators.values() for p in each.files]
    for page in labs_of(site):
        for block in blocks_of(page):
            if block.file and not any(fnmatch(block.file, p) for p in patterns):
                message = (
                    f"nothing checks '{block.file}': the validators of data/labs.yml take "
                    f"{', '.join(patterns) or 'no files'}"
                )
                yield Problem(block.place, "lab-file", message)


def what_is_made_is_unmade(site: Site) -> Iterable[Problem]:
    """Every command that makes something has the one that takes it away, in the clean-up."""
    if site.labs is None:
        return
    labs = site.labs.value
    blocks = {page.file: blocks_of(page) for page in labs_of(site)}
    try:
        # Of all labs at once: a process for each would take longer than all other checks do.
        told = found([ask for each in blocks.values() for ask in asked_of(each, labs)])
    except PatternError as error:
        where = next(file for file, each in blocks.items() if error.text in texts_of(each))
        message = f"{error} for a block of {where}; make it simpler"
        yield Problem(_place_of(error.pattern, site.labs), "slow-pattern", message)
        return
    for each in blocks.values():
        yield from left_by(each, labs, told)


def _place_of(pattern: str, labs: Located[Labs]) -> Place:
    pairs = enumerate(labs.value.pairs)
    named = [("pairs", number, name, getattr(pair, name))
             for number, pair in pairs for name in ("makes", "unmakes")]  # fmt: skip
    path = next((path for *path, given in named if given == pattern), ["creating"])
    return labs.at(*path)


def asked_of(blocks: Iterable[Block], labs: Labs) -> list[tuple[str, str]]:
    """The patterns of `labs` that are sought in the commands of a lab, each with its text."""
    steps, clean_up = _parted(blocks)
    makes = [pair.makes for pair in labs.pairs] + ([labs.creating] if labs.creating else [])
    asked = [(pattern, block.code) for block in steps for pattern in makes]
    return asked + [(pair.unmakes, clean_up) for pair in labs.pairs if pair.unmakes]


def left_by(
    blocks: Iterable[Block], labs: Labs, told: Mapping[tuple[str, str], Found] | None = None
) -> Iterator[Problem]:
    """Say what the commands of a lab make and none of its clean-up takes away.

    Args:
        blocks: of the lab.
        labs: the record with the patterns.
        told: what they have found (see `asked_of`), if that is known.

    Raises:
        PatternError: a pattern of `labs` does not end.
    """
    blocks = list(blocks)
    told = found(asked_of(blocks, labs)) if told is None else told
    steps, clean_up = _parted(blocks)
    for block in steps:
        yield from _unmade(labs, block, clean_up, told)


def texts_of(blocks: Iterable[Block]) -> set[str]:
    """The texts of a lab in which patterns are sought."""
    steps, clean_up = _parted(blocks)
    return {clean_up, *(block.code for block in steps)}


def _parted(blocks: Iterable[Block]) -> tuple[list[Block], str]:
    """The commands of a lab, and those of its clean-up in one text."""
    commands = [block for block in blocks if not block.file]
    clean_up = "\n".join(block.code for block in commands if block.section == CLEAN_UP)
    return [block for block in commands if block.section != CLEAN_UP], clean_up


def _unmade(
    labs: Labs, block: Block, clean_up: str, told: Mapping[tuple[str, str], Found]
) -> Iterator[Problem]:
    paired = set[int]()
    for pair in labs.pairs:
        for start, made in told[pair.makes, block.code]:
            paired.add(start)
            if pair.unmakes and not told[pair.unmakes, clean_up]:
                message = f"'{made}' makes what nothing in {{#{CLEAN_UP}}} takes away"
                expected = f"; expected '{pair.unmakes}'"
                yield Problem(_at(block, start), "lab-left", message + expected)
    for start, made in told[labs.creating, block.code] if labs.creating else ():
        if start not in paired:
            message = f"'{made}' makes something, and data/labs.yml has no pair that undoes it"
            yield Problem(_at(block, start), "lab-left", message)


def _at(block: Block, offset: int) -> Place:
    """The place of a letter of a block's code in its page."""
    line = block.code.count("\n", 0, offset)
    column = offset - (block.code.rfind("\n", 0, offset) + 1)
    return Place(block.place.file, block.place.line + 1 + line, column + 1)


def answered(site: Site) -> Iterable[Problem]:
    """What is published was run: each block has a result of its own."""
    for page in labs_of(site):
        name = page.path.rpartition("/")[2].removesuffix(".md")
        for block in blocks_of(page):
            if result_of(site, page, block) is None:
                message = f"this block has not been run as it is; run 'make labs LAB={name}'"
                yield Problem(block.place, "lab-unknown", message)
