"""Change values in a YAML file and leave all else as its author wrote it."""

from __future__ import annotations

from typing import Any

import yaml

from annotated.importing.reading import ImportStopError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Edited:
    """A YAML file that is a mapping; changes are gathered and made at once."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.root: Any = yaml.compose(text, Loader=_Loader)
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._changes: list[tuple[int, int, str]] = []
        self._left: dict[str, int] = {}  # how many items of a list will be there

    def value(self, mapping: Any, key: str) -> Any:
        """Return the node under `key` of a mapping; None where there is none."""
        for name, node in mapping.value:
            if name.value == key:
                return node
        return None

    def items(self, key: str) -> list[Any]:
        """Return the nodes of the list under `key` of the file."""
        node = self.value(self.root, key)
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def replace(self, node: Any, text: str) -> None:
        """Write `text` in the place of a node."""
        self._changes.append((self._offset(node.start_mark), self._end(node), text))

    def remove_item(self, key: str, node: Any) -> None:
        """Remove an item of the list under `key`, with its lines."""
        if self._is_flow(key):
            raise self._stop(node)
        first, last = self._lines(node)
        self._changes.append((self._starts[first], self._starts[last], ""))
        self._left[key] = self._left.get(key, len(self.items(key))) - 1

    def add_items(
        self, key: str, texts: list[str], after: Any = None, *, first: bool = False
    ) -> None:
        """Add items, each the text of a mapping, to the list under `key`.

        Args:
            key: the list; it is begun where it is missing or empty.
            texts: lines that are indented by nothing.
            after: the item behind which they go; else they go to the end.
            first: they go ahead of all others.
        """
        node = self.value(self.root, key)
        items = self.items(key)
        self._left[key] = self._left.get(key, len(items)) + len(texts)
        if not items:
            block = "\n" + "".join(_item(text, "  ") for text in texts).rstrip("\n")
            if node is None:
                self._append(f"{key}:{block}\n")
            else:
                self._changes.append((self._colon(key) + 1, self._end(node), block))
            return
        if self._is_flow(key):
            raise self._stop(node)
        item = after if after is not None else items[-1]
        indent = " " * max(0, item.start_mark.column - 2)
        end = self._starts[self._below(key) if first else self._lines(item)[1]]
        added = "".join(_item(text, indent) for text in texts)
        if end > len(self.text):  # the last line has no end
            end, added = len(self.text), "\n" + added.rstrip("\n")
        self._changes.append((end, end, added))

    def set(self, key: str, text: str) -> None:
        """Write the value of a key of the file, which is added where it is missing."""
        node = self.value(self.root, key)
        if node is None:
            self._append(f"{key}: {text}\n")
        else:
            self.replace(node, text)

    def drop(self, key: str) -> None:
        """Remove a key of the file."""
        for name, node in self.root.value:
            if name.value == key:
                last = self._lines(node)[1]
                self._changes.append((self._starts[name.start_mark.line], self._starts[last], ""))

    def result(self) -> str:
        """Return the text with all changes made."""
        emptied = [self._colon(key) + 1 for key, left in self._left.items() if left == 0]
        changes = [*self._changes, *((end, end, " []") for end in emptied)]
        out, last = [], 0
        for start, end, text in sorted(changes, key=lambda change: change[:2]):
            out += [self.text[last:start], text]
            last = max(last, end)
        text = "".join([*out, self.text[last:]])
        return text if not changes or text.endswith("\n") else text + "\n"

    def _below(self, key: str) -> int:
        """Return the line below a key of the file, counted from 0."""
        name = next(name for name, _ in self.root.value if name.value == key)
        return int(name.end_mark.line) + 1

    def _colon(self, key: str) -> int:
        """Return where the colon behind a key of the file stands."""
        name = next(name for name, _ in self.root.value if name.value == key)
        return self.text.index(":", self._offset(name.end_mark))

    def _append(self, text: str) -> None:
        end = len(self.text)
        self._changes.append((end, end, text if self.text.endswith("\n") else "\n" + text))

    def _is_flow(self, key: str) -> bool:
        return bool(self.value(self.root, key).flow_style)

    def _stop(self, node: Any) -> ImportStopError:
        line = node.start_mark.line + 1
        return ImportStopError(
            f"{self.name}:{line}: this list stands in brackets; write its items one below the "
            "other, each behind '- ', and run this again"
        )

    def _lines(self, node: Any) -> tuple[int, int]:
        """Return the first line of a node and the line after its last, counted from 0."""
        mark = self._last(node).end_mark
        return int(node.start_mark.line), int(mark.line) + (1 if mark.column else 0)

    def _last(self, node: Any) -> Any:
        """The last node inside of a block: the block itself ends where the next one begins."""
        while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        return node

    def _end(self, node: Any) -> int:
        return self._offset(self._last(node).end_mark)

    def _offset(self, mark: Any) -> int:
        return min(self._starts[int(mark.line)] + int(mark.column), len(self.text))


def _item(text: str, indent: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return "".join(f"{indent}{'- ' if n == 0 else '  '}{line}\n" for n, line in enumerate(lines))
