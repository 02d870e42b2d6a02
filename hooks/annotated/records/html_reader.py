"""Python's reader of HTML, made to read whatever a page can hold."""

from __future__ import annotations

from html.parser import HTMLParser


class HtmlReader(HTMLParser):
    """Reads any text: what begins like a declaration and is none is a comment up to the next `>`.

    So browsers have it (https://html.spec.whatwg.org/multipage/parsing.html#bogus-comment-state);
    Python raises an AssertionError for `<![0`.
    """

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Return where what begins with `<![` at `i` ends; -1 if it does not."""
        return self.parse_bogus_comment(i, report)
