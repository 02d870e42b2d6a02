"""What the probes say, as one Markdown text: what changed, what is gone, what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from annotated.probing.run import Look, News
from annotated.records.models import Probe
from annotated.records.problems import Problem
from annotated.render import markdown


@dataclass
class Report:
    """What one run has found: against which versions, and what about them."""

    versions: list[str]  # in words: "name 1.2.3 of 2024-05-06, pinned 1.2.0"
    looks: list[Look] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    language: str = "en"

    @property
    def empty(self) -> bool:
        """Is there nothing that somebody should look at?"""
        return not (self.news or self.problems or self._failed())

    def _failed(self) -> list[Look]:
        return [look for look in self.looks if look.finding.answer != "holds"]

    def markdown(self) -> str:
        """Return the text; every part that has nothing to say is left out."""
        failed = self._failed()
        holds = len(self.looks) - len(failed)
        where = "; ".join(self.versions)
        out = [f"Probes that hold: {holds} of {len(self.looks)}, in {where}.", ""]
        if failed:
            out += ["## No longer found as stated", ""]
            for look in failed:
                out += [*_failure(look), ""]
        if self.news:
            out += ["## New, and gone, in the lists that are watched", ""]
            for item in self.news:
                out += _news(item, self.language)
            out.append("")
        if self.problems:
            out += ["## Could not be looked up", ""]
            out += [f"- {markdown.text(str(problem))}" for problem in self.problems]
            out.append("")
        return "\n".join(out)


def _failure(look: Look) -> list[str]:
    finding, pages = look.finding, ", ".join(f"`{page}`" for page in look.record.pages)
    where = f"`{look.place.file}:{look.place.line}`"
    said = f" Said on {pages}." if pages else ""
    out = [f"- **{look.record.key}** {finding.answer}, {where}.{said}"]
    out += [f"  - found: {markdown.text(finding.found)}"]
    out += [f"  - expected: {markdown.text(finding.expected)}"]
    return [
        *out,
        "",
        "  ```yaml",
        f"  - {yaml_line(corrected(look.probe, finding.found))}",
        "  ```",
    ]


def corrected(probe: Probe, found: str) -> dict[str, Any]:
    """The probe with what was found in its place, as far as one can tell without a thought.

    Whether the record still says what is true, a person has to read.
    """
    said = {"where": probe.where, **({"path": probe.path} if probe.path else {})}
    said |= probe.expectations()
    if "did you mean '" in found:
        said["path"] = found.rsplit("did you mean '", 1)[1].removesuffix("'?")
    elif "equals" in said and not isinstance(probe.equals, (list, dict)):
        said["equals"] = yaml.safe_load(found)
    return said


def yaml_line(value: dict[str, Any]) -> str:
    """A mapping on one line, as records write it."""
    text: str = yaml.safe_dump(
        value, default_flow_style=True, sort_keys=False, width=10**6, allow_unicode=True
    )
    return text.strip()


def _news(item: News, language: str) -> list[str]:
    pages = ", ".join(f"`{page}`" for page in item.watch.pages)
    name = markdown.text(item.watch.name.in_language(language))
    said = f" ({pages})" if pages else ""
    out = []
    if item.came:
        out.append(f"- **{name}**: new {', '.join(f'`{one}`' for one in item.came)}{said}")
    if item.went:
        out.append(f"- **{name}**: gone {', '.join(f'`{one}`' for one in item.went)}{said}")
    return out
