"""One small interface to three browsers, so that what readers do is written once.

Chromium is driven by Playwright, as in all other tests; Firefox, as it is installed, over
WebDriver BiDi; WebKit by the WebDriver of WebKitGTK, on a screen that is not there.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Error, sync_playwright
from web.browser import launch

PATIENCE = 30.0  # seconds that a condition may take on a busy machine
#: Keys by the names that tests use, as WebDriver numbers them; others stand for themselves.
KEYS = {
    "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Space": " ", "End": "\ue010",
    "ArrowDown": "\ue015", "ArrowRight": "\ue014",
}  # fmt: skip


class Runs(Protocol):
    """What runs a function in a page."""

    def run(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function (it may be async) and return what it returns, as JSON.

        Raises:
            RuntimeError: it failed, or the page went away.
        """


class Driver(Runs, Protocol):
    """A browser with one page open."""

    name: str

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that the selector finds and that shows."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as named by `KEYS` or by their letter."""

    def resize(self, width: int, height: int) -> None:
        """Give the page a size in CSS pixels."""


def until(driver: Runs, function: str, *arguments: Any) -> Any:
    """Wait for a JavaScript function to return something true, and return that.

    Raises:
        AssertionError: it did not within `PATIENCE` seconds.
    """
    end = time.monotonic() + PATIENCE
    while True:
        trouble = ""
        try:
            found = driver.run(function, *arguments)
        except RuntimeError as error:  # the page may be about to change
            found, trouble = None, f" ({error})"
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"still not true: {function} {arguments}{trouble}")
        time.sleep(0.05)


#: The middle of what a selector finds, once it shows and nothing covers it.
MIDDLE = """(selector) => {
  const shown = [...document.querySelectorAll(selector)].find((e) => e.getClientRects().length);
  if (!shown) return null;
  shown.scrollIntoView({ block: "center", inline: "center" });
  const box = shown.getClientRects()[0];
  return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
}"""


class Chromium:
    """Chromium by Playwright."""

    name = "Chromium"

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def run(self, function: str, *arguments: Any) -> Any:
        try:
            return self.page.evaluate(f"(given) => ({function})(...given)", list(arguments))
        except Error as error:
            raise RuntimeError(error.message) from error

    def click(self, selector: str) -> None:
        self.page.mouse.click(*until(self, MIDDLE, selector))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start Chromium without a window."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield Chromium(browser.new_page())
        browser.close()


class _Hands(ABC):
    """Pointer and keys in the words of WebDriver, which both of its protocols share."""

    @abstractmethod
    def run(self, function: str, *arguments: Any) -> Any: ...

    @abstractmethod
    def act(self, source: dict[str, Any]) -> None:
        """Have a device do what the source of its actions lists."""

    def click(self, selector: str) -> None:
        x, y = until(self, MIDDLE, selector)
        steps: list[dict[str, Any]] = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.act({"type": "pointer", "id": "pointer", "actions": steps})

    def press(self, *keys: str) -> None:
        for key in keys:
            value = KEYS.get(key, key)
            steps = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
            self.act({"type": "key", "id": "key", "actions": steps})


class Firefox(_Hands):
    """Firefox over WebDriver BiDi."""

    name = "Firefox"

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.numbers = itertools.count(1)
        self._ask("session.new", capabilities={})
        # A window that is not in front takes letters, but presses no button by a key.
        self.context = self._ask("browsingContext.create", type="window")["context"]
        self._ask("browsingContext.activate", context=self.context)

    def _ask(self, method: str, **given: Any) -> Any:
        number = next(self.numbers)
        self.connection.send(json.dumps({"id": number, "method": method, "params": given}))
        while True:
            answer = json.loads(self.connection.recv(timeout=PATIENCE * 4))
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, function: str, *arguments: Any) -> Any:
        given = ", ".join(json.dumps(argument) for argument in arguments)
        result = self._ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({function})({given}) ?? null))()",
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def act(self, source: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self.context, actions=[source])

    def resize(self, width: int, height: int) -> None:
        self._ask(
            "browsingContext.setViewport",
            context=self.context,
            viewport={"width": width, "height": height},
        )


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start the installed Firefox with a profile of its own, without a window.

    Raises:
        FileNotFoundError: there is no Firefox.
    """
    from websockets.sync.client import connect

    program = _program("firefox-esr", "firefox")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        port_file = Path(profile, "WebDriverBiDiServer.json")
        command = [
            *(program, "--headless", "--no-remote", "--profile", profile),
            *("--remote-debugging-port", "0", "about:blank"),
        ]
        with _running(command):
            port = json.loads(_wait_for(lambda: _text(port_file)))["ws_port"]
            address = f"ws://127.0.0.1:{port}/session"
            with connect(address, max_size=None, proxy=None) as connection:
                yield Firefox(connection)


class WebKit(_Hands):
    """WebKitGTK by its WebDriver."""

    name = "WebKit"
    ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the protocol's own name for a reference

    def __init__(self, address: str, browser: str) -> None:
        self.address = address
        options = {"binary": browser, "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = self._ask("POST", "/session", {"capabilities": capabilities})
        self.address = f"{address}/session/{session['sessionId']}"
        self._ask("POST", "/timeouts", {"script": int(PATIENCE * 4000)})

    def _ask(self, method: str, path: str, given: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=None if given is None else json.dumps(given).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE * 4) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()}") from error

    def open(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def run(self, function: str, *arguments: Any) -> Any:
        script = f"""const given = [...arguments], done = given.pop();
            Promise.resolve().then(() => ({function})(...given))
                .then((value) => done({{ value: value ?? null }}), (e) => done({{ error: `${{e}}` }}));"""
        answer = self._ask("POST", "/execute/async", {"script": script, "args": list(arguments)})
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def act(self, source: dict[str, Any]) -> None:
        self._ask("POST", "/actions", {"actions": [source]})

    def resize(self, width: int, height: int) -> None:
        for _ in range(2):  # the window's frame is known only once it has a size
            frame = self.run(
                "() => [window.outerWidth - innerWidth, window.outerHeight - innerHeight]"
            )
            size = {"width": width + max(frame[0], 0), "height": height + max(frame[1], 0)}
            self._ask("POST", "/window/rect", size)


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Start WebKitGTK's small browser on a screen of its own.

    Raises:
        FileNotFoundError: WebKitWebDriver, its MiniBrowser or Xvfb is missing.
    """
    server = _program("WebKitWebDriver")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not browsers:
        raise FileNotFoundError("no MiniBrowser of WebKitGTK below /usr/lib")
    with contextlib.ExitStack() as stack:
        read, write = os.pipe()
        stack.enter_context(
            _running(
                [_program("Xvfb"), "-displayfd", str(write), "-screen", "0", "1600x1200x24"],
                pass_fds=(write,),
            )
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            screen = f":{numbers.readline().strip()}"
        home = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        port = _free_port()
        environment = {
            **os.environ,
            "DISPLAY": screen,
            "HOME": home,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        }
        stack.enter_context(_running([server, f"--port={port}"], env=environment))
        address = f"http://127.0.0.1:{port}"
        _wait_for(lambda: _answers(f"{address}/status"))
        driver = WebKit(address, str(browsers[-1]))
        stack.callback(driver._ask, "DELETE", "")
        yield driver


BROWSERS: dict[str, Callable[[], contextlib.AbstractContextManager[Driver]]] = {
    "chromium": chromium, "firefox": firefox, "webkit": webkit,
}  # fmt: skip


@contextmanager
def _running(command: list[str], **given: Any) -> Iterator[None]:
    """Run a program in the background and end it."""
    program = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given
    )
    try:
        yield
    finally:
        program.terminate()
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _program(*names: str) -> str:
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    raise FileNotFoundError(f"not installed: {' or '.join(names)}")


def _wait_for(condition: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE * 4
    while not (found := condition()):
        assert time.monotonic() < end, "the browser does not start"
        time.sleep(0.1)
    return found


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
        return True
    return False


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
