"""What is pressed has room for a fingertip: 24 pixels, as WCAG 2.2 asks (success criterion 2.5.8)."""

from __future__ import annotations

import pytest

from tests.look.conftest import DESK, PHONE, Open

# How many pixels around the middle of a part, up and down, a tap meets it.
HEIGHT = """part => {
  part.scrollIntoView({ block: "center", behavior: "instant" });
  const box = part.getClientRects()[0];
  const meets = y => part.contains(document.elementFromPoint(box.left + box.width / 2, y));
  const middle = box.top + box.height / 2;
  let [up, down] = [0, 0];
  while (up < 40 && meets(middle - up - 1)) up += 1;
  while (down < 40 && meets(middle + down)) down += 1;
  return up + down;
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("path", "part"),
    [("ecs/iam-roles.html", ".mk"), ("compare/ecs-capacity.html", "a.src")],
    ids=["mark", "source"],
)
def test_a_small_number_is_met_by_a_fingertip(
    opened: Open, path: str, part: str, viewport: dict[str, int]
) -> None:
    page = opened(path, viewport=viewport)
    parts = page.locator(f"{part}:visible").all()[:12]
    assert len(parts) > 4
    heights = [one.evaluate(HEIGHT) for one in parts]
    assert min(heights) >= 24, heights
