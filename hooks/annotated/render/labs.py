"""What is said of labs: a label below each block, a box at the head, the overview of all."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass
from functools import partial

from annotated.records.lab_results import FATES, STUB, BlockResult, LabResult
from annotated.records.labs import Block, blocks_of, is_lab, labs_of, result_of, settings_of
from annotated.records.models import Lab, Labs
from annotated.records.pages import Page
from annotated.records.urls import address_of
from annotated.render import markdown
from annotated.render.edition import Edition, file_link, link_to
from annotated.render.parts import part

#: What a label says of a fate, and what stands behind the number of blocks that have it.
_SAID = {
    "run": "lab-run",
    "patched": "lab-patched",
    "shown": "lab-shown",
    "unknown": "lab-unknown",
}
_COUNTED = {
    "run": "lab-count-run",
    "patched": "lab-count-patched",
    "validated": "lab-count-validated",
    "shown": "lab-count-shown",
    "unknown": "lab-count-unknown",
}


@dataclass(frozen=True)
class LabelView:
    """What is said of one block.

    Args:
        fate: ``run``, ``patched``, ``validated``, ``shown``, or ``unknown`` under serve.
        said: that in words.
        more: the texts that belong to it: patches, the reason; may hold `code`.
        href: where the file can be fetched; empty for commands.
        name: the file's name.
    """

    fate: str
    said: str
    more: tuple[str, ...] = ()
    href: str = ""
    name: str = ""


@dataclass(frozen=True)
class CountView:
    """How many blocks have the same fate."""

    fate: str
    count: int
    said: str


@dataclass(frozen=True)
class BoxView:
    """What one run of a lab has shown."""

    notice: str
    run: str  # when, and with what; empty if it never ran
    counts: tuple[CountView, ...]
    made: str  # what the clean-up had to take away; empty if nothing was made
    files: tuple[LabelView, ...]  # of the files beside the page


@dataclass(frozen=True)
class EntryView:
    """A lab in the overview of all."""

    title: str
    href: str
    text: str
    counts: tuple[CountView, ...]


def labelled(page: Page, edition: Edition) -> str:
    """Return the body of a page; in a lab, with a label below each block."""
    if not is_lab(page):
        return page.body
    out, last = [], len(page.text) - len(page.body)
    for block in blocks_of(page):
        if not block.end:
            continue
        view = label_view(block, page, edition)
        html = part("lab-label", view=view, words=edition.words)
        out += [page.text[last : block.end], "\n\n", html, "\n"]
        last = block.end
    return "".join([*out, page.text[last:]])


def label_view(block: Block, page: Page, edition: Edition) -> LabelView:
    """Return what is said of one block of `page`."""
    result, words = result_of(edition.site, page, block), edition.words
    href = file_link(lab_file(page, block), page.path) if block.file else ""
    fate = result.fate if result else "unknown"
    said, more = words(_SAID["unknown"]), tuple[str, ...]()
    if result:
        lab = edition.site.lab_results.labs[page.path]
        said, more = _said(result, lab, edition)
    return LabelView(fate, said, more, href, block.file)


def _said(result: BlockResult, lab: LabResult, edition: Edition) -> tuple[str, tuple[str, ...]]:
    labs = settings_of(edition.site)
    words, language = edition.words, edition.language
    known = {"patched": labs.patches, "shown": labs.reasons}.get(result.fate)
    if known is not None:
        texts = [known[name].in_language(language) for name in result.by if name in known]
        return words(_SAID[result.fate]), tuple(texts)
    if result.fate == "validated":
        reasons = [labs.reasons[n].in_language(language) for n in result.by if n in labs.reasons]
        if STUB in result.by:
            stubbed = labs.stubbed.in_language(language) if labs.stubbed else ""
            return words("lab-stubbed"), tuple(filter(None, (stubbed, *reasons)))
        tools = ", ".join(_tool(n, labs, lab) for n in result.by if n in labs.validators)
        return words("lab-validated", tools=tools), tuple(reasons)
    return words(_SAID[result.fate]), ()


def _tool(name: str, labs: Labs, lab: LabResult) -> str:
    """A validator by its name, with the version of its package."""
    version = lab.versions.get(labs.validators[name].package or "", "")
    return f"{name} {version}".strip()


def lab_file(page: Page, block: Block) -> str:
    """Where a file of a lab can be fetched, below the site's root: in a folder of its page."""
    if not block.end:
        return posixpath.join(posixpath.dirname(page.path), block.file)
    return posixpath.join(address_of(page.path).removesuffix(".html"), block.file)


def lab_files(edition: Edition) -> list[tuple[str, str]]:
    """Return path below the site's root and content of each file of each lab."""
    return [
        (lab_file(page, block), block.code.rstrip("\n") + "\n")
        for page in labs_of(edition.site)
        for block in blocks_of(page)
        if block.file and block.end
    ]


def counts_of_lab(page: Page, edition: Edition) -> dict[str, int]:
    """How many blocks of a lab have each fate; ``unknown`` for those that never ran as they are."""
    results = (result_of(edition.site, page, block) for block in blocks_of(page))
    found = Counter(result.fate if result else "unknown" for result in results)
    return {fate: found[fate] for fate in (*FATES, "unknown")}


def _count_views(page: Page, edition: Edition) -> tuple[CountView, ...]:
    return tuple(
        CountView(fate, count, edition.words(_COUNTED[fate]))
        for fate, count in counts_of_lab(page, edition).items()
        if count
    )


def box_view(page: Page, edition: Edition) -> BoxView:
    """Return what stands at the head of a lab."""
    labs = settings_of(edition.site)
    lab, words = edition.site.lab_results.labs.get(page.path, LabResult()), edition.words
    own = labs.labs.get(page.path, Lab())
    versions = ", ".join(
        f"{name} {lab.versions[name]}"
        for name in own.versions or labs.packages
        if name in lab.versions
    )
    ran = any(each.fate in ("run", "patched") for each in lab.blocks)
    run = ""
    if lab.date:
        day = words.date(lab.date)
        key = ("lab-ran" if versions else "lab-ran-alone") if ran else "lab-checked"
        run = words(key, date=day, versions=versions)
    made = words("lab-made", count=len(lab.made)) if lab.made else ""
    said = own.notice or labs.notice
    notice = said.in_language(edition.language) if said else ""
    files = [label_view(block, page, edition) for block in blocks_of(page) if not block.end]
    return BoxView(notice, run, _count_views(page, edition), made, tuple(files))


def box(page: str, edition: Edition) -> str:
    """What stands at the head of the lab `page`."""
    return part("lab", view=box_view(edition.site.pages[page], edition), words=edition.words)


def box_markdown(page: str, edition: Edition) -> str:
    """The same in plain Markdown."""
    view = box_view(edition.site.pages[page], edition)
    counts = ", ".join(
        edition.words("counted", count=each.count, what=each.said) for each in view.counts
    )
    lines = [view.notice, view.run, counts + "." if counts else "", view.made]
    return "\n".join(f"> {markdown.rich(line)}" for line in lines if line)


def label_markdown(block: Block, page: Page, edition: Edition) -> str:
    """The label of a block in plain Markdown."""
    view = label_view(block, page, edition)
    said = " ".join([view.said, *view.more])
    return (
        f"*{markdown.text(view.name)}*: {markdown.rich(said)}" if view.name else markdown.rich(said)
    )


def overview(page: str, edition: Edition) -> str:
    """All labs, each with what it is and how many blocks have which fate."""
    return part("labs", view=_entries(page, edition), words=edition.words)


def overview_markdown(page: str, edition: Edition) -> str:
    """The same in plain Markdown."""
    return "\n".join(
        f"- [{markdown.text(entry.title)}]({entry.href}): {markdown.rich(entry.text)} "
        + "("
        + ", ".join(f"{each.count} {each.said}" for each in entry.counts)
        + ")"
        for entry in _entries(page, edition, html=False)
    )


def _entries(page: str, edition: Edition, *, html: bool = True) -> list[EntryView]:
    return [
        EntryView(
            each.front("title") or each.title,
            link_to(each.path, page, html=html),
            str(each.front("description") or ""),
            _count_views(each, edition),
        )
        for each in sorted(labs_of(edition.site), key=partial(_rank, edition))
    ]


def _rank(edition: Edition, page: Page) -> tuple[int, str]:
    """Where a lab stands among all: as the record says, what it leaves out behind."""
    order = settings_of(edition.site).order
    return order.index(page.path) if page.path in order else len(order), page.path
