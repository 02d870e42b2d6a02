"""The reference of records and fields: as a part of a page, and as a file of its own."""

from __future__ import annotations

from annotated.records.reference import FieldEntry, RecordEntry, entries
from annotated.render import markdown
from annotated.render.edition import Edition
from annotated.render.parts import part

#: What stands above the file that is made; the records say the rest.
_HEAD = """\
# Every record and field

Facts are records below `data/`, in YAML. Editors that read JSON Schema say the same while you type;
[CONTRIBUTING.md](CONTRIBUTING.md) shows how records are used. A text by language is written
`{en: "..."}`, with the language of your site.

Made from the models in `hooks/annotated/records/models.py` by `python hooks/cli.py reference`.
"""


def reference_html(edition: Edition) -> str:
    """Every record under a heading, its fields as a list; the words of the models are English."""
    out = []
    for entry in entries():
        out.append(markdown.heading(_name(entry), entry.anchor))
        out.append(part("reference", view=entry, words=edition.words))
    return "\n\n".join(out)


def _name(entry: RecordEntry) -> str:
    return entry.file or entry.name


def reference_markdown() -> str:
    """The same in plain Markdown."""
    out = []
    for entry in entries():
        name = markdown.anchor(entry.anchor) + _code(_name(entry))
        out += [f"## {name}", "", markdown.rich(entry.text), ""]
        out += [_field(field) for field in entry.fields]
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def reference_file() -> str:
    """The reference as a file beside the others of a project."""
    return _HEAD + "\n" + reference_markdown()


def _code(text: str) -> str:
    return f"`{text}`"


def _field(field: FieldEntry) -> str:
    told = [field.holds]
    if field.required:
        told.append("required")
    elif field.default:
        told.append(f"{_code(field.default)} where it is not given")
    line = f"- {_code(field.name)} ({'; '.join(told)}): {markdown.rich(field.text)}"
    return line + (f". For example {_code(field.example)}" if field.example else "")
