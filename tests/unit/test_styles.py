"""One stylesheet: what can match stays, what cannot goes."""

from __future__ import annotations

from annotated.publish.styles import one_stylesheet, pruned, without_unused


def test_a_class_that_nothing_has_goes() -> None:
    css = ".used{color:red}.gone{color:blue}.used .gone,.used b{top:0}.made{left:0}"
    result = one_stylesheet([css], ['<p class="used">'], ["x.className = 'made'"])
    assert ".gone" not in result
    assert ".used{color:red}" in result
    assert ".used b{top:0}" in result
    assert ".made{left:0}" in result


def test_a_negated_class_may_be_absent() -> None:
    css = ".used:not(.gone){top:0}.side--second:not([hidden]){display:block}"
    result = one_stylesheet([css], ['<p class="used side--second">'], [])
    assert ".used:not(.gone){top:0}" in result
    assert ".side--second:not([hidden]){display:block}" in result


def test_only_properties_that_nothing_reads_go() -> None:
    css = ':root{--a:url("data:x;y");--b:1;--c:var(--b)}.x--y:not(.z){top:var(--c)}'
    assert without_unused(css, set()) == ":root{--b:1;--c:var(--b)}.x--y:not(.z){top:var(--c)}"


def test_colours_that_no_page_names_go() -> None:
    css = "a{top:0}[data-md-color-accent=red]{top:1px}[data-md-color-accent=indigo]{top:2px}"
    kept = without_unused(css, {"indigo"})
    assert "red" not in kept
    assert "indigo" in kept


def test_other_direction_goes_unless_used() -> None:
    css = "[dir=rtl] .a{left:0}[dir=ltr] .a,[dir=rtl] .b{left:1px}"
    page = '<p class="a b">'
    assert one_stylesheet([css], [page], []) == "[dir=ltr] .a{left:1px}"
    assert "[dir=rtl]" in one_stylesheet([css], ['<html dir="rtl">' + page], [])


def test_rules_inside_rules_are_reached() -> None:
    css = "@media print{.a{top:0}.b{top:1px}}@supports (x:y){.b{top:2px}}"
    assert pruned(css, lambda s: ".b" not in s) == "@media print{.a{top:0}}@supports (x:y){}"
