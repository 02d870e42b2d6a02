"""Accessible names are set where the theme leaves them out, or the build says that it cannot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotated.project import open_project
from annotated.publish.page_html import accessible_names
from annotated.records.wording import Words

PAGE = """
<div class="md-search" data-md-component="search" role="dialog"></div>
<nav class="md-nav md-nav--primary md-nav--lifted" aria-label="Navigation" data-md-level="0">
<a class="md-nav__link"><span class="md-ellipsis">Compare</span></a>
<label class="md-nav__link " for="__nav_2" id="__nav_2_label" tabindex="0">
  <span class="md-nav__icon md-icon"></span></label>
<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_label" aria-expanded="false">
  <label class="md-nav__title" for="__nav_2">
    <span class="md-nav__icon md-icon"></span>
    Compare
  </label>
</nav></nav>
"""


@pytest.fixture
def words(golden: Path) -> Words:
    site, _ = open_project(golden, golden / "docs" / "en", "en", date(2026, 11, 24))
    return Words("en", site.words)


def test_dialog_navigation_and_sections_are_named(words: Words) -> None:
    html = accessible_names(PAGE, words)
    assert 'role="dialog" aria-label="Search"' in html
    assert 'md-nav--lifted" aria-label="Pages" data-md-level="0"' in html
    assert 'data-md-level="1" aria-label="Compare" aria-expanded' in html
    assert '<span class="vh">Compare</span>' in html
    assert "labelledby" not in html


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('role="dialog"', 'role="search"'),
        ("md-nav--primary", "md-nav--first"),
        ("md-nav__title", "md-nav__head"),
    ],
)
def test_another_theme_is_an_error(words: Words, old: str, new: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        accessible_names(PAGE.replace(old, new), words)
