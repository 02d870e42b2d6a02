"""One grammar: what the checks see in a page is what Markdown renders, in the same places."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from annotated.records.grammar import CODE_SPAN, DIALECT, Dialect, Grammar
from annotated.records.pages import LONGEST_WORD, Page, read_page
from annotated.records.problems import Problem

FRONT = "---\ndescription: x\nkind: concept\nchecked: 2024-01-01\n---\n"


def read(body: str) -> tuple[Page, list[Problem]]:
    return read_page("x.md", "x.md", FRONT + body)


def rules(body: str) -> list[tuple[str, int]]:
    """Each problem's rule, and its line in the body."""
    return [(p.rule, p.place.line - FRONT.count("\n")) for p in read(body)[1]]


# The same, seen by somebody else ------------------------------------------------------------


class Shown:
    """A handler that shows what it gets, with no pins anywhere: as the page is rendered."""

    def mark(self, ids: tuple[str, ...], source: str, word: str) -> str:
        return f"{word}<x-mark>{' '.join(ids)}</x-mark>"

    def count(self, name: str, source: str) -> str:
        return f"\u2983{name}\u2984"

    def directive(self, name: str, argument: str, source: str) -> str:
        return f"*\u2985{name}:{argument}\u2986*"


class Readers(HTMLParser):
    """What readers get: marks, counts, directives, links, headings, ids, code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.marks: list[str] = []
        self.counts: list[str] = []
        self.directives: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.append((value or "").strip())
            if name == "id":
                self.ids.append(value or "")
        if tag not in {"br", "img", "hr", "input"}:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([tag])

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["x-mark"]:
            self.marks.append(data)
            return
        self.counts += re.findall("\u2983(.*?)\u2984", data)
        if not {"code", "pre"} & set(self.open) and self.open[-1:] == ["em"]:
            self.directives += re.findall("\u2985(.*?)\u2986", data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self.open) and self.headings:
            self.headings[-1].append(re.sub("\u2983.*?\u2984", "", data))


def shown(body: str) -> Readers:
    fences = {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": _figure}]}
    markdown = Markdown(
        extensions=[*DIALECT.extensions, Grammar(Shown())],
        extension_configs={"pymdownx.superfences": fences},
    )
    readers = Readers()
    readers.feed(markdown.convert(body))
    readers.close()
    return readers


def _figure(source: str, *_: Any, **__: Any) -> str:
    return "<figure><pre></pre></figure>"


# Pages of everything, mixed and nested ------------------------------------------------------

INLINE = st.sampled_from(
    ["word", "[^c-{n}]", "end.[^c-{n} c-1{n}]", "`[^c-{n}]`", "``a ` [^c-{n}]``", "`", "``", "\\[^c-{n}]",
     "\\\\[^c-{n}]", "*a[^c-{n}]*", "**b**", "_c_", "[t](term:x{n})", "[p](a{n}.md#b \"t\")", "[q](<b c{n}>)",
     "![i](p{n}.png)", "[r][ref]", "<https://h.test/{n}>", "{{count:x{n}}}", "<b>x[^c-{n}]</b>",
     "<span title='y'>z</span>", "\\`", "a < b", "&amp;", "[^1]", "<!-- [^c-{n}] -->", "a|b", "{{#x{n}}}",
     "<code>q[^c-{n}]</code>", "]", "[", "](", "~~~", "```", "$x$", "\t", "  "]
)  # fmt: skip
PREFIX = st.sampled_from(
    ["", "", "", "> ", "- ", "1. ", "  ", "    ", "\t", ">     ", "> - ", ">\t"]
)


@st.composite
def line(draw: st.DrawFn) -> str:
    return " ".join(draw(st.lists(INLINE, min_size=1, max_size=4)))


@st.composite
def block(draw: st.DrawFn) -> str:
    kind = draw(st.integers(0, 15))
    words = draw(line())
    indent = draw(PREFIX)
    ticks = draw(st.sampled_from(["```", "````", "~~~", "~~~~"]))
    close = draw(st.sampled_from([ticks, ticks, "", ticks + "`", "```"]))
    language = draw(
        st.sampled_from(["", "text", "mermaid", 'python title="x"', "{.python #f}", "py odd=1"])
    )
    tag = draw(
        st.sampled_from(["<div>", "<div markdown>", "<pre>", "<ul markdown><li markdown='span'>"])
    )
    body = "\n".join(draw(st.lists(line(), min_size=1, max_size=3)))
    made = {
        0: f"# {words} {{{{#h{{n}}}}}}",
        1: f"##{words}",
        2: f"{words}\n---",
        3: f"{words} {{{{#s{{n}}}}}}\n===",
        4: f"{ticks}{language}\n{body}\n{close}",
        5: f"{ticks}{language}\n{body}\n{close}",
        6: f"{tag}\n{body}\n{tag.replace('<', '</', 1).split(' ')[0].rstrip('>')}>",
        7: "<!-- tally -->",
        8: "<!-- comparison: t{n} -->",
        9: f"| a | b |\n|---|:-:|\n| {words} | {words} |",
        10: f"<!--\n{body}\n-->",
        11: '[ref]: r{n}.md "t"',
        12: f"{tag}\n\n{body}\n\n</div>",
    }.get(kind, body)
    return "\n".join(indent + part for part in made.split("\n"))


@st.composite
def pages(draw: st.DrawFn) -> str:
    text = ""
    for one in draw(st.lists(block(), min_size=1, max_size=6)):
        text += one + draw(st.sampled_from(["\n\n", "\n\n", "\n"]))
    number = iter(range(100, 1000))
    return re.sub(
        r"\{\{|\}\}|\{n\}", lambda m: m[0][0] if m[0] != "{n}" else str(next(number)), text
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@given(pages())
@example(
    "```\n`[^c-100]`\n````\n"
)  # ticks that nothing closes, right before some that something does
@example("a ```](`q[^c-100]` ````\n")
@example("````\nword\n`````\n```{.python #f}\nword\n```\n")
def test_the_checks_see_what_is_rendered(body: str) -> None:
    """The same marks, counts, directives, links, headings and ids, in the same order."""
    page, _ = read(body)
    there = shown(body)
    assert sorted(" ".join(m.ids) for m in page.marks if m.inside != "attribute") == sorted(
        there.marks
    )
    assert sorted(count.name for count in page.counts) == sorted(there.counts)
    assert [f"{d.name}:{d.argument}" for d in page.directives] == there.directives
    assert [link.target for link in page.links] == [
        re.sub("(?<=<x-mark>).*?(?=</x-mark>)", "", link) for link in there.links
    ]
    assert [name for name, _ in page.ids] == there.ids
    assert [[f"h{h.level}", h.text] for h in page.headings] == [
        [head[0], " ".join("".join(head[1:]).split())] for head in there.headings
    ]
    lines = page.text.split("\n")
    for mark in page.marks:
        for name, place in zip(mark.ids, mark.places, strict=True):
            assert lines[place.line - 1][place.column - 1 :].startswith(name)
        assert page.text[slice(*mark.span)].startswith("[^")


# One by one --------------------------------------------------------------------------------


def ids(body: str) -> list[str]:
    return [" ".join(mark.ids) for mark in read(body)[0].marks]


@pytest.mark.parametrize(
    ("body", "marks", "problems"),
    [
        ("```text\ncode\n\nend[^c-1]\n", ["c-1"], [("open-fence", 1)]),
        ("~~~\ncode\n```\n\nend[^c-1]\n", ["c-1"], [("open-fence", 1)]),
        ("```py odd=1\ncode\n```\n", [], [("open-fence", 1)]),
        ("a ` b[^c-1]\n\nc ` d[^c-2]\n", ["c-1", "c-2"], []),
        ("x\n\n    code[^c-1]\n\ny[^c-2]\n", ["c-2"], []),
        ("\\[^c-1] and \\\\[^c-2]\n", ["c-2"], []),
        ("\t```\n\t[^c-1]\n\t```\n", [], []),
        ("- x\n\n\t```mermaid\n\ta[^c-1]\n\t```\n", [], []),
        ("<div>\n[^c-1]\n</div>\n", [], [("mark-as-text", 2)]),
        ("<div markdown>\n\n[^c-1]\n\n</div>\n", ["c-1"], []),
        ("<pre>\n[^c-1]\n</pre>\n", [], []),
        ("`#!python x[^c-1]` `:::text {count:c}` y[^c-2]\n", ["c-2"], []),
        ("<!--\n[^c-1]\n-->\n", [], []),
        ("<!-- open\n\n[^c-1]\n", ["c-1"], [("open-comment", 1)]),
        ("[a]: b.md '[^c-1]'\n", [], [("not-shown", 1)]),
        ("[^c-1]: gone\n", [], [("footnote", 1)]),
        ("a[^1] [^c-1, c-2] [^ ]\n", [], [("footnote", 1), ("footnote", 1), ("empty-mark", 1)]),
        ("<div>\n[a](term:b) {count:c}\n</div>\n", [], [("link-as-text", 2), ("count-as-text", 2)]),
        ("<div>\n## H\n</div>\n", [], [("heading-as-text", 2)]),
        ("x {#lost} y\n", [], [("attributes-as-text", 1)]),
        ("<!-- comparison tea -->\n", [], [("directive-form", 1)]),
        ("<!-- comparision: tea -->\n\n<!-- a remark of ours -->\n", [], []),
        ("> <!-- tally -->\n", [], [("directive-not-alone", 1)]),
        ("<div>\n<!-- tally -->\n</div>\n", [], [("directive-in-html", 2)]),
        ("</div></main>\n", [], [("html-nesting", 1), ("html-nesting", 1)]),
        ("a\n\n<textarea>\n\nb\n", [], [("html-nesting", 3)]),
        ("a <div>b</div>\n", [], [("html-nesting", 1)]),
        ("> " * 30 + " x\n", [], [("too-deep", 1)]),
        ("x" * (LONGEST_WORD + 1), [], [("too-long", 1)]),
        ("[" * 1500, [], [("too-deep", 1)]),
    ],
)  # fmt: skip
def test_what_is_read_and_what_is_not(
    body: str, marks: list[str], problems: list[tuple[str, int]]
) -> None:
    assert ids(body) == marks
    assert rules(body) == problems


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("a[^1] b\n", "1:2 '[^1]' would be shown as text: footnotes are off here; write the remark into the sentence, or record a claim and mark it [^c-001]"),
        ("a[^c-1, c-2]\n", "1:2 found '[^c-1, c-2]', expected claims parted by spaces: [^c-1 c-2]"),
        ("a[^c-1\nc-2]\n", "1:2 '[^c-1 c-2]' is parted by the end of a line; write it on one line"),
        ("a\n\n[^one]: remark\n", "3:1 the text after '[^one]:' would not be shown: footnotes are off here; write it into the sentence, or record a claim and mark it [^c-001]"),
    ],
)  # fmt: skip
def test_where_footnotes_are_off_a_remark_is_told(body: str, said: str) -> None:
    plain = Dialect(tuple(name for name in Dialect().extensions if name != "footnotes"))
    _, problems = read_page("x.md", "x.md", FRONT + body, plain)
    told = [p for p in problems if p.rule == "footnote"]
    line = FRONT.count("\n")
    assert [f"{p.place.line - line}:{p.place.column} {p.message}" for p in told] == [said]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("# T\n", 1, "expected '---' on the first line"),
        ("\n---\nkind: x\n---\n", 2, "very first line"),
        (" ---\nkind: x\n---\n", 1, "expected '---', three hyphens"),
        ("----\nkind: x\n---\n", 1, "expected '---', three hyphens"),
        ("kind: x\nchecked: y\n\n# T\n", 1, "on a line of its own above"),
        ("---\nkind: x\n\n# T\n", 1, "never closed"),
        ("---\nkind: x\n----\n\n# T\n", 1, "never closed"),
        ("---\n- a\n---\n", 2, "key: value"),
    ],
)
def test_front_matter_that_is_not_read_is_an_error_at_its_line(
    text: str, line: int, part: str
) -> None:
    page, problems = read_page("x.md", "x.md", text)
    assert page.meta is None
    found = [p for p in problems if p.rule == "front-matter"]
    assert [p.place.line for p in found] == [line]
    assert part in found[0].message


@pytest.mark.parametrize(
    "body",
    [
        "a `b` c", "a ` b\n\nc ` d", "\\` x \\`", "\\\\`a`", "\\\\\\`a` b", "``a ` b``",
        "- a ` b\n- c ` d", "1. a ` b\n2. c ` d", "a `b\n--c` d", "a `b\n**c** d` e", "> a ` b\n>\n> c ` d",
        "| a | b |\n|---|---|\n| ` | a |\n| ` | b |", "# a `\n# b `", "a ` b\n# c ` d",
    ],
)  # fmt: skip
def test_code_is_looked_for_where_markdown_has_it(body: str) -> None:
    """A rule about words leaves out what readers see as code, and nothing else."""
    html = Markdown(extensions=[*DIALECT.extensions, Grammar(Shown())]).convert(body)
    there = re.findall("<code>(.*?)</code>", html, re.DOTALL)
    assert [code[2].strip() for code in CODE_SPAN.finditer(body)] == there


def test_headings_of_every_form_are_seen() -> None:
    page, _ = read("# T #\n\nSub\n---\n\n##Near\n\n> ## Quoted\n\n<h2>Raw</h2>\n\n- # Listed\n")
    found = [(h.level, h.text, h.place.line - FRONT.count("\n")) for h in page.headings]
    assert found == [
        (1, "T", 1), (2, "Sub", 3), (2, "Near", 6), (2, "Quoted", 8), (2, "Raw", 10), (1, "Listed", 12)
    ]  # fmt: skip


def test_a_fence_holds_what_its_formatter_gets() -> None:
    page, _ = read("- x\n\n\t```mermaid\n\tflowchart TB\n\t  a\n\t```\n")
    assert [(f.language, f.text, f.formatter) for f in page.fences] == [
        ("mermaid", "flowchart TB\n  a", "mermaid")
    ]


JUNK = [
    "{#a", "<!--", "<!-- note:", "<!-- note: ", "[^c-", "[^c-1 ", "[^", "`", "`` ", "```\n", "{count:", "](", "[a](",
    "[a](b \"", "<b ", "<b", "</b>", "&", "*a ", "_a ", "**", "\\", "# ", "- ", "> a\n", "|", "a|b\n", "    a\n\n",
    "1. ", "---\n", "<div>\n", "<div markdown>\n", "<?", "<![CDATA[", "\t", "a\n===\n", "[a]: b\n", "~~~\n", "{: ", "x ",
]  # fmt: skip


def seconds(body: str) -> float:
    """The computing time to read `body`, the least of a few."""
    best = float("inf")
    for n in range(2):
        start = time.process_time()
        read(f"{body}\n\n{n}")  # another text each time: what was read is remembered
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("junk", JUNK)
def test_twice_the_text_takes_about_twice_the_time(junk: str) -> None:
    block = junk * (1_000 // len(junk)) + "\n\n"
    tries = []
    for _ in range(3):  # a busy machine may spoil one measurement, and hardly three
        once, twice = seconds(block * 10), seconds(block * 20)
        if twice < 3.5 * once or twice < 0.2:
            return
        tries.append((once, twice))
    pytest.fail(f"seconds for a text and for twice as much: {tries}")


@pytest.mark.parametrize("junk", JUNK)
def test_no_few_bytes_keep_a_check_busy(junk: str) -> None:
    assert seconds(junk * (18_000 // len(junk))) < 2
