"""The words of the interface: looked up by key, filled in, never written in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent

from annotated.records.particles import chosen

#: Every key that Python and the templates use, verdicts and units aside.
KEYS: tuple[str, ...] = (
    "also",
    "aside-address",
    "aside-author",
    "aside-blank",
    "aside-code",
    "aside-comment",
    "aside-date",
    "aside-heading",
    "aside-heading-guess",
    "aside-meta",
    "aside-picture",
    "aside-rule",
    "aside-title",
    "aside-todo",
    "aspect",
    "beside",
    "callout-abstract",
    "callout-bug",
    "callout-caution",
    "callout-danger",
    "callout-example",
    "callout-failure",
    "callout-important",
    "callout-info",
    "callout-note",
    "callout-question",
    "callout-quote",
    "callout-success",
    "callout-tip",
    "callout-warning",
    "cell-link",
    "cell-none",
    "cell-sources",
    "change-new",
    "checked-on",
    "choose-again",
    "choose-also",
    "choose-back",
    "choose-candidates",
    "choose-change",
    "choose-fell",
    "choose-hide",
    "choose-left",
    "choose-lost",
    "choose-next",
    "choose-open",
    "choose-out",
    "choose-reasons",
    "choose-restart",
    "choose-show",
    "choose-so-far",
    "choose-stale",
    "choose-ways",
    "choose-why",
    "cite",
    "cite-title",
    "claim-page-open",
    "cost-counted",
    "cost-each",
    "cost-known",
    "cost-line",
    "cost-own",
    "cost-price",
    "cost-ratio",
    "cost-sum",
    "cost-total",
    "cost-unread",
    "correction-of",
    "corrections",
    "counted",
    "csv",
    "diagram-acts",
    "diagram-aggregates",
    "diagram-aggregates-on",
    "diagram-alone",
    "diagram-becomes",
    "diagram-becomes-on",
    "diagram-both",
    "diagram-both-on",
    "diagram-close",
    "diagram-composes",
    "diagram-composes-on",
    "diagram-depends",
    "diagram-depends-on",
    "diagram-ends",
    "diagram-ends-in",
    "diagram-ends-in-on",
    "diagram-ends-on",
    "diagram-enlarge",
    "diagram-extends",
    "diagram-extends-on",
    "diagram-help",
    "diagram-holds",
    "diagram-implements",
    "diagram-implements-on",
    "diagram-itself",
    "diagram-itself-when",
    "diagram-joined",
    "diagram-joined-on",
    "diagram-key",
    "diagram-leads",
    "diagram-open",
    "diagram-starts",
    "diagram-starts-in",
    "diagram-starts-in-on",
    "diagram-starts-on",
    "diagram-tells",
    "diagram-tells-when",
    "diagram-undrawn",
    "diagram-whole",
    "diagram-words",
    "diagram-zoom-in",
    "diagram-zoom-out",
    "edition-offer",
    "editions",
    "failure-look",
    "failure-means",
    "failure-mends",
    "feed",
    "feed-title",
    "filter-all",
    "filter-verdict",
    "footnote-back",
    "heard-on",
    "import-lede",
    "import-notes",
    "import-notes-lede",
    "import-start",
    "issue-body",
    "issue-link",
    "issue-table",
    "issue-title",
    "lab-checked",
    "lab-count-patched",
    "lab-count-run",
    "lab-count-shown",
    "lab-count-unknown",
    "lab-count-validated",
    "lab-download",
    "lab-made",
    "lab-patched",
    "lab-ran",
    "lab-ran-alone",
    "lab-run",
    "lab-shown",
    "lab-stubbed",
    "lab-unknown",
    "lab-validated",
    "json",
    "label-now",
    "label-original",
    "label-said",
    "label-since",
    "label-sources",
    "licences",
    "line",
    "lines",
    "lost-again",
    "mark-label",
    "mark-label-ours",
    "nav-more",
    "nav-pages",
    "note-label",
    "notfound-search",
    "notfound-text",
    "notfound-title",
    "number-from",
    "number-range",
    "number-to",
    "offline-failed",
    "offline-gone",
    "offline-keep",
    "offline-keeping",
    "offline-others",
    "offline-ready",
    "offline-section",
    "offline-stuck",
    "offline-switch",
    "offline-update",
    "ours",
    "pair",
    "pair-first",
    "pair-second",
    "page-copied",
    "page-copy",
    "page-edit",
    "page-markdown",
    "page-source",
    "palette-dark",
    "palette-light",
    "palette-system",
    "practice-all",
    "practice-answers",
    "practice-cell",
    "practice-idle",
    "practice-link",
    "practice-lost",
    "practice-offer",
    "practice-page",
    "practice-right",
    "practice-title",
    "practice-wrong",
    "print-notes",
    "probe-changed",
    "probe-gone",
    "probe-holds",
    "probe-package",
    "probe-table",
    "probe-unknown",
    "quantity",
    "read-on",
    "ref-default",
    "ref-example",
    "ref-required",
    "rows-find",
    "rows-none",
    "search-advice",
    "search-advice-also",
    "search-closest",
    "search-dialog",
    "search-failed",
    "search-loading",
    "search-nothing",
    "search-partly",
    "search-retry",
    "section-link",
    "sheet-label",
    "sheet-skip",
    "show-all",
    "source",
    "source-pages",
    "sources-read",
    "sources-title",
    "status-see",
    "table-columns",
    "table-csv",
    "table-differing",
    "table-find",
    "table-first",
    "table-lost",
    "table-markdown",
    "table-none",
    "table-reset",
    "table-shown",
    "table-stale",
    "table-work",
    "task-done",
    "task-open",
    "tally-ours",
    "text-of",
    "unkept-text",
    "unkept-title",
    "value-no",
    "value-partly",
    "value-unknown",
    "value-yes",
    "via-api-model",
    "via-book",
    "via-changelog",
    "via-conversation",
    "via-copy",
    "via-lecture",
    "via-mirror",
    "via-page",
    "via-paper",
    "via-repository",
)

#: What the theme says in pages that our words may say otherwise, by its own names for them.
THEME: tuple[str, ...] = (
    "action.skip",
    "clipboard.copied",
    "clipboard.copy",
    "footer",
    "footer.next",
    "footer.previous",
    "header",
    "nav",
    "search",
    "search.placeholder",
    "search.reset",
    "search.result.initializer",
    "search.result.more.one",
    "search.result.more.other",
    "search.result.none",
    "search.result.one",
    "search.result.other",
    "search.result.placeholder",
    "search.result.term.missing",
    "search.share",
    "tabs",
    "toc",
    "top",
)
_THEME = "theme-"


def theme_key(name: str) -> str:
    """The key of a word that the theme has a word for, too.

    >>> theme_key("footer.next")
    'theme-footer-next'
    """
    return _THEME + name.replace(".", "-")


_SENTENCE = ("subject", "verb", "object")

#: The names that a word may hold, and that are filled in where it is shown.
NAMES: Mapping[str, tuple[str, ...]] = {
    "also": ("names",),
    "aside-heading": ("text",),
    "aside-heading-guess": ("text",),
    "aside-todo": ("text",),
    "cell-sources": ("numbers",),
    "checked-on": ("date",),
    "pair": ("first", "second"),
    "choose-again": ("number",),
    "choose-change": ("question",),
    "choose-fell": ("count",),
    "choose-left": ("left", "all"),
    "cost-each": ("price", "unit"),
    "cost-own": ("unit",),
    "cost-ratio": ("share", "option"),
    "diagram-acts": _SENTENCE,
    "diagram-aggregates": ("subject", "object"),
    "diagram-aggregates-on": _SENTENCE,
    "diagram-alone": ("subject",),
    "diagram-becomes": ("subject", "object"),
    "diagram-becomes-on": _SENTENCE,
    "diagram-both": ("subject", "object"),
    "diagram-both-on": _SENTENCE,
    "diagram-composes": ("subject", "object"),
    "diagram-composes-on": _SENTENCE,
    "diagram-depends": ("subject", "object"),
    "diagram-depends-on": _SENTENCE,
    "diagram-ends": ("subject", "object"),
    "diagram-ends-in": ("subject", "object", "group"),
    "diagram-ends-in-on": (*_SENTENCE, "group"),
    "diagram-ends-on": _SENTENCE,
    "diagram-extends": ("subject", "object"),
    "diagram-extends-on": _SENTENCE,
    "diagram-holds": ("subject", "object"),
    "diagram-implements": ("subject", "object"),
    "diagram-implements-on": _SENTENCE,
    "diagram-itself": _SENTENCE,
    "diagram-itself-when": (*_SENTENCE, "when"),
    "diagram-joined": ("subject", "object"),
    "diagram-joined-on": _SENTENCE,
    "diagram-leads": ("subject", "object"),
    "diagram-starts": ("subject", "object"),
    "diagram-starts-in": ("subject", "object", "group"),
    "diagram-starts-in-on": (*_SENTENCE, "group"),
    "diagram-starts-on": _SENTENCE,
    "diagram-tells": _SENTENCE,
    "diagram-tells-when": (*_SENTENCE, "when"),
    "footnote-back": ("number",),
    "heard-on": ("via", "date", "text"),
    "source-pages": ("pages",),
    "ref-default": ("value",),
    "import-lede": ("lines", "claims", "open", "page"),
    "issue-body": ("claim", "page", "said"),
    "issue-table": ("table",),
    "issue-title": ("claim", "page"),
    "lab-checked": ("date",),
    "lab-download": ("name",),
    "lab-made": ("count",),
    "lab-ran": ("date", "versions"),
    "lab-ran-alone": ("date",),
    "lab-validated": ("tools",),
    "line": ("lines",),
    "lines": ("lines",),
    "mark-label": ("lines", "verdict"),
    "nav-more": ("count",),
    "mark-label-ours": ("lines",),
    "note-label": ("lines",),
    "number-from": ("quantity",),
    "number-range": ("min", "max"),
    "number-to": ("quantity",),
    "offline-keep": ("size",),
    "offline-others": ("size",),
    "practice-cell": ("row", "subject", "answer"),
    "practice-offer": ("count",),
    "cite": ("line",),
    "cite-title": ("title",),
    "correction-of": ("page",),
    "corrections": ("count",),
    "counted": ("count", "what"),
    "feed-title": ("site",),
    "probe-holds": ("packages",),
    "probe-package": ("package", "version", "date"),
    "probe-table": ("count", "all", "holds"),
    "quantity": ("number", "unit"),
    "read-on": ("via", "date", "text"),
    "search-advice-also": ("languages",),
    "search-closest": ("term",),
    "search-nothing": ("query",),
    "search-partly": ("query",),
    "sources-read": ("count", "date"),
    "table-first": ("shown", "all"),
    "table-shown": ("rows", "allrows", "columns", "allcolumns"),
    "text-of": ("date",),
}

#: What stands between the forms of a word that is counted, and Unicode's names of them, in order.
FORMS, CATEGORIES = "|", ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True)
class Words:
    """Interface words of one language; call it with a key and the values to fill in."""

    language: str
    entries: Mapping[str, str]
    locale: str = ""

    def __call__(self, key: str, **values: object) -> str:
        """Return the text under `key` with `values` filled in.

        Raises:
            KeyError: there is no such word, or a name in it is not given; the checks report both
                before anything is rendered.
        """
        said = {name: str(value) for name, value in values.items()}
        return "".join(text for text, _ in self.pieces(key, **said))

    def pieces(self, key: str, **values: str) -> list[tuple[str, str]]:
        """Return the text under `key` in pieces: each with the name it was filled in for, or "".

        So that names can be set apart without a mark in the words themselves.
        """
        found: list[tuple[str, str]] = []
        for before, name, _, _ in Formatter().parse(self.entries[key]):
            if before:
                word = found[-1][0] if found else ""
                korean = word and self.language.partition("-")[0] == "ko"
                found.append((chosen(word, before) if korean else before, ""))
            if name is not None:
                found.append((values[name], name))
        return found

    def has(self, key: str) -> bool:
        """Is there a word under `key`?"""
        return key in self.entries

    def theme(self, name: str) -> str:
        """Return our word for what the theme calls `name`; empty where the theme's own will do."""
        return self.entries.get(theme_key(name), "")

    def date(self, value: str, *, with_year: bool = True) -> str:
        """Return a partial date in words: ``2026-04-07`` is 7 Apr 2026 in en-GB."""
        return date_in_words(value, self.locale or self.language, with_year=with_year)

    def number(self, value: float) -> str:
        """Return a number as people write it: 1,000 in en."""
        locale = _locale(self.locale or self.language)
        return str(format_decimal(value, locale=locale, decimal_quantization=False))

    def form(self, word: str, number: float) -> str:
        """Return the form of `word` that stands beside `number`, of forms with a bar between them.

        They stand in the order of Unicode's plural categories that the language has: in English
        one and all others (https://www.unicode.org/reports/tr35/tr35-numbers.html).

        >>> [Words("en", {}).form("minute|minutes", number) for number in (1, 1.5, 2)]
        ['minute', 'minutes', 'minutes']
        >>> Words("ko", {}).form("분", 1)
        '분'
        """
        forms = word.split(FORMS)
        rule = _locale(self.locale or self.language).plural_form
        known = [name for name in CATEGORIES if name in rule.tags or name == CATEGORIES[-1]]
        return forms[min(known.index(rule(number)), len(forms) - 1)]

    def money(self, value: float | Decimal, currency: str, *, exact: bool = False) -> str:
        """Return an amount as people write it: US$1,000.00 in en-GB; `exact` keeps all digits."""
        locale = _locale(self.locale or self.language)
        return str(format_currency(value, currency, locale=locale, decimal_quantization=not exact))

    def percent(self, value: float | Decimal) -> str:
        """Return a share in whole per cent: ``0.3`` is 30% in en."""
        return str(format_percent(value, locale=_locale(self.locale or self.language)))


def lent(words: Mapping[str, str], lender: str, borrower: str) -> Mapping[str, str]:
    r"""Return interface words of one language as they stand among those of another.

    What is filled in would turn a sentence round where the languages run in different directions:
    then an isolate (U+2066, U+2067) holds it together (https://www.unicode.org/reports/tr9/).

    >>> lent({"line": "line {lines}", "csv": "CSV"}, "en", "ar")
    {'line': '\u2066line {lines}\u2069', 'csv': 'CSV'}
    >>> lent({"line": "line {lines}"}, "en", "de")
    {'line': 'line {lines}'}
    """
    own, other = (_locale(name).text_direction for name in (lender, borrower))
    if own == other:
        return words
    mark = "\u2066" if own == "ltr" else "\u2067"
    return {key: f"{mark}{text}\u2069" if "{" in text else text for key, text in words.items()}


@cache
def language_name(language: str, speaker: str = "") -> str:
    """Return what a language calls itself, or what the language `speaker` calls it.

    >>> language_name("ko"), language_name("en"), language_name("pt-BR")
    ('한국어', 'English', 'Português')
    >>> language_name("en", "ko")
    '영어'
    """
    name = str(_locale(language).get_language_name(_locale(speaker) if speaker else None))
    return name[:1].upper() + name[1:]


@cache
def date_in_words(value: str, locale: str, *, with_year: bool = True) -> str:
    """Return a date, a month or a year in words, as Unicode's CLDR writes them in `locale`.

    >>> date_in_words("2026-04-07", "en-GB"), date_in_words("2017-10-05", "ko")
    ('7 Apr 2026', '2017년 10월 5일')
    >>> date_in_words("2019-12", "en-GB", with_year=False)
    'Dec'
    """
    parts = value.split("-")
    skeleton = "".join(("y", "MMM", "d")[: len(parts)])
    if not with_year and len(parts) > 1:
        skeleton = skeleton.removeprefix("y")
    year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
    return str(format_skeleton(skeleton, date(year, month, day), locale=_locale(locale)))


@cache
def _locale(name: str) -> Locale:
    """The nearest locale that is known: without its region, at last English."""
    for candidate in (name, name.partition("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
