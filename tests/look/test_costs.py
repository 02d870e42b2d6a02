"""Bills: sums stand at the right edge, and the reader's own price completes them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.look.conftest import DESK, PHONE, Open

COSTS = "costs/index.html"
#: The bill for Fargate holds a price that nobody read: three tasks of 4 GB for 730 hours.
BILL = "#estimate-three-tasks-all-month-fargate"
RIGHT = "e => e.getBoundingClientRect().right"


def test_every_sum_stands_at_the_right_edge_and_its_name_at_the_left(opened: Open) -> None:
    for size in (PHONE, DESK):
        page = opened(COSTS, viewport=size)
        for row in page.locator(".cost-t .sum").all():
            name, total = row.locator("th").first, row.locator("td").first
            edge = row.evaluate(RIGHT)
            assert abs(total.evaluate(RIGHT) - edge) < 1, (size, row.inner_text())
            left = "e => e.getBoundingClientRect().left"
            assert name.evaluate(left) <= row.evaluate(left) + 1, (size, row.inner_text())
            middle = "e => { const b = e.getBoundingClientRect(); return b.top + b.height / 2; }"
            assert abs(name.evaluate(middle) - total.evaluate(middle)) < 12, row.inner_text()


def test_a_price_of_ones_own_completes_the_line_and_the_sum(opened: Open) -> None:
    page = opened(COSTS)
    bill = page.locator(BILL)
    line, total = bill.locator("output").first, bill.locator(".sum output")
    expect(line).to_have_text("not read")
    expect(total).to_have_text("US$177.30")
    bill.locator("input").fill("0.01")
    expect(line).to_have_text("US$87.60")  # 3 x 4 x 730 x 0.01
    expect(total).to_have_text("US$264.90")  # and 177.30 for the vCPUs
    bill.locator("input").fill("")
    expect(line).to_have_text("not read")
    expect(total).to_have_text("US$177.30")


def test_without_script_nothing_asks_for_a_price(opened: Open) -> None:
    page = opened(COSTS, java_script_enabled=False)
    assert page.locator(".cost input:visible").count() == 0
    assert page.locator(BILL).locator(".sum").inner_text().endswith("US$177.30")
