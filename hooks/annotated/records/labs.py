"""The blocks of a lab: what is run, what must be seen, what is kept as a file, what is only shown.

A lab is a page of the kind `lab`. Its fences are its blocks: ``bash`` is run, ``output`` right
below it is what must be printed, any other with a title is a file of that name. A file that stands
beside the page and is linked from it belongs to it, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from annotated.records.lab_results import BlockResult
from annotated.records.load import LAB, Site
from annotated.records.models import Labs
from annotated.records.pages import Directive, Fence, Page
from annotated.records.problems import Place
from annotated.records.units import section_at

#: The languages of a lab's fences, the directives that belong to them.
COMMANDS, OUTPUT, DRAWN = "bash", "output", "mermaid"
BLOCK, SHOWN, BOX = "block", "shown", "lab"
#: The heading below which a lab takes away what it has made.
CLEAN_UP = "clean-up"
#: As much of a hash as is kept: two of a thousand blocks are alike once in 10^11.
_DIGITS = 16


@dataclass(frozen=True)
class Block:
    """One block of a lab.

    Args:
        code: the commands, or the text of the file.
        file: the name of the file; empty for commands.
        output: what the commands must print; None where nothing is said of it.
        reason: why it is shown only; empty if it is run.
        section: the id of the heading that it stands under.
        place: of its fence.
        seen_at: the line of the first thing that they must print; 0 where nothing is said of it.
        end: after which letter of the page's text its label stands; 0 for a file beside it.
    """

    code: str
    file: str
    output: str | None
    reason: str
    section: str
    place: Place
    end: int
    seen_at: int = 0

    @property
    def digest(self) -> str:
        """What tells this block from any other: all of it that is run, compared or shown."""
        said = json.dumps([self.code, self.file, self.output, self.reason], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]

    @property
    def clean_up(self) -> bool:
        """Does it take away what the lab has made?"""
        return self.section == CLEAN_UP and not self.file


def settings_of(site: Site) -> Labs:
    """What the site says of its labs; nothing where it has no ``data/labs.yml``."""
    return site.labs.value if site.labs else Labs()


def labs_of(site: Site) -> list[Page]:
    """The pages that are labs, in the order of their paths."""
    return [page for page in site.pages.values() if is_lab(page)]


def is_lab(page: Page) -> bool:
    """Is this page a lab?"""
    return page.front("kind") == LAB


def blocks_of(page: Page) -> list[Block]:
    """The blocks of a lab, in order; a fence that is none is left out."""
    found: list[Block] = []
    shown = {id(fence): directive.argument for directive, fence in shown_only(page) if fence}
    fences = [fence for fence in page.fences if fence.language != DRAWN]
    for number, fence in enumerate(fences):
        commands = fence.language == COMMANDS
        if fence.language == OUTPUT or not (commands or fence.title):
            continue
        following = fences[number + 1] if number + 1 < len(fences) else None
        seen = following if following and _follows(page, fence, following) else None
        reason = shown.get(id(fence), "").removeprefix(SHOWN).strip()
        section = section_at(page, fence.place)
        end = (seen or fence).span[1]
        output = seen.text if seen else None
        name = "" if commands else fence.title
        seen_at = seen.place.line + 1 if seen else 0
        found.append(Block(fence.text, name, output, reason, section, fence.place, end, seen_at))
    return [*_beside(page), *found]


def _beside(page: Page) -> Iterator[Block]:
    for name, text in page.beside.items():
        place = next(link.place for link in page.links if link.target == name)
        yield Block(text, name, None, "", "", place, 0)


def _follows(page: Page, fence: Fence, following: Fence) -> bool:
    """Is `following` what the commands of `fence` print?"""
    between = page.text[fence.span[1] : following.span[0]]
    commands = fence.language == COMMANDS
    return following.language == OUTPUT and commands and not between.strip()


def shown_only(page: Page) -> Iterator[tuple[Directive, Fence | None]]:
    """Yield each ``<!-- block: ... -->`` with the fence straight below it, if there is one."""
    for directive in page.directives:
        if directive.name == BLOCK:
            below = (
                fence
                for fence in page.fences
                if fence.place > directive.place
                and not page.text[directive.span[1] : fence.span[0]].strip()
            )
            yield directive, next(below, None)


def outputs_alone(page: Page) -> Iterator[Fence]:
    """Yield each ``output`` that stands below no commands."""
    ends = {block.end for block in blocks_of(page)}
    for fence in page.fences:
        if fence.language == OUTPUT and fence.span[1] not in ends:
            yield fence


def result_of(site: Site, page: Page, block: Block) -> BlockResult | None:
    """What has become of a block of `page` at its last run; None if it never ran as it is."""
    lab = site.lab_results.labs.get(page.path)
    return lab.of(block.digest) if lab else None
