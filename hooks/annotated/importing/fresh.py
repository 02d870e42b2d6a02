"""A site that shows notes which have just been taken over, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotated.importing.writing import quoted, schema_line
from annotated.records.wording import Words
from annotated.render import markdown

#: Where the pages and records go that were there before.
ASIDE = "before-import"
#: What stays in ``data``: words and schemas.
STAYS = frozenset({"words", "schemas"})
#: A key of the configuration, and one below it.
_KEY, _INNER = re.compile(r"([\w-]+):"), re.compile(r"  ([\w-]+):")
START, NOTES_PAGE = "index.md", "notes/index.md"


def pages(title: str, words: Words) -> Mapping[str, str]:
    """Return the pages by path: the start, with all statements as marks, and the statements."""
    lede = words(
        "import-lede",
        lines="{count:lines}",
        claims="{count:claims}",
        open="{count:open}",
        page=NOTES_PAGE,
    )
    head = markdown.text(title)
    return {
        START: _page(words("import-start"), title, "home", hide="[navigation, toc, path]")
        + f"# {head}\n\n{lede}\n\n<!-- sheet -->\n",
        NOTES_PAGE: _page(words("import-notes"), title, "reference")
        + f"# {words('import-notes')}\n\n{words('import-notes-lede')}\n\n<!-- claims -->\n",
    }


def _page(title: str, description: str, kind: str, hide: str = "") -> str:
    hidden = f"hide: {hide}\n" if hide else ""
    return (
        f"---\ntitle: {quoted(title)}\ndescription: {quoted(description)}\nkind: {kind}\n"
        f"checked: open\n{hidden}---\n\n"
    )


def vocabulary(language: str) -> str:
    """Return ``data/site.yml`` without units and roles, which tells how one is added."""
    return (
        schema_line("schemas", "site")
        + "# Units of your tables, and roles of the nodes of your diagrams, such as\n"
        f"#   units: {{years: {{{language}: ...}}}}\n"
        f"#   roles: {{step: {{shape: pill, name: {{{language}: ...}}}}}}\n"
        "units: {}\nroles: {}\n"
    )


def readme(text: str, before: str, title: str) -> str:
    """Return the README with the title of the notes, where it has the name of the site `before`."""
    head, end, rest = text.partition("\n")
    return f"# {markdown.text(title)}{end}{rest}" if head == f"# {before}" else text


def configuration(text: str, title: str, language: str, docs: str) -> str:
    """Return ``mkdocs.yml`` for one edition with the new pages.

    Args:
        text: the configuration as it is.
        title: the title of the notes.
        language: what the site speaks.
        docs: the folder of pages.
    """
    new = {
        "site_name": f"site_name: {quoted(title)}\n",
        "site_description": f"site_description: {quoted(title)}\n",
        "docs_dir": f"docs_dir: {docs}\n",
        "nav": f"nav:\n  - {START}\n  - {NOTES_PAGE}\n",
    }
    out: list[str] = []
    top, within = "", ""
    for line in text.splitlines(keepends=True):
        if key := _KEY.match(line):
            top, within = key[1], ""
            out += [new[top]] if top in new else []
        elif inner := _INNER.match(line):
            within = inner[1]
            while (top, within) == ("extra", "editions") and out[-1].startswith("  #"):
                out.pop()  # what it says is about the editions
        elif not line.strip() or line.startswith(("#", "  #")):
            within = ""
            top = top if line.startswith("  #") else ""
        if top in new or (top, within) == ("extra", "editions"):
            continue
        if (top, within) == ("theme", "language"):
            line = f"  language: {language}\n"
        out.append(line)
    return "".join(out)
