"""Pages in a real Chromium: what axe-core finds against them, what they ask the network for, what they print."""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.conftest import ROOT, program

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def node_module(path: str) -> Path:
    """A file that `npm install` brings (package.json); without it a test is skipped, unless HT_ALL_PROGRAMS=1 says that all are here."""
    file = ROOT / "node_modules" / path
    if not file.exists() and os.environ.get("HT_ALL_PROGRAMS") == "1":
        pytest.fail(f"{path} is not installed: npm install --ignore-scripts")
    if not file.exists():
        pytest.skip(f"{path} is not installed: npm install --ignore-scripts")
    return file


@contextmanager
def browsing(page: Path, *, width: int = 1000, dark: bool = False) -> Iterator[Any]:
    """Open a page in a window of so many CSS pixels; gives the driver."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
        try:
            size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
            driver.set_script_timeout(300)
            driver.get(page.as_uri())
            yield driver
        finally:
            driver.quit()


def axe_violations(page: Path, *, width: int = 1000, dark: bool = False) -> list[str]:
    """What axe-core finds against a page, best practices included: the rule, and the first element that breaks it."""
    with browsing(page, width=width, dark=dark) as driver:
        return violations_of(driver)


def violations_of(driver: Any) -> list[str]:
    """What axe-core finds against a page as it stands in a window."""
    driver.execute_script(node_module("axe-core/axe.min.js").read_text("utf-8"))
    found = driver.execute_async_script("const done = arguments[arguments.length - 1]; axe.run(document).then(done)")
    return [f"{rule['id']} ({len(rule['nodes'])}×): {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]


def requests_of(page: Path) -> list[str]:
    """What a page asks for beyond itself, images and styles included."""
    with browsing(page) as driver:
        return requests_so_far(driver, page)


def requests_so_far(driver: Any, page: Path) -> list[str]:
    """What an open page has asked for beyond itself."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
    asked = [request["request"]["url"] for request in sent if request["documentURL"] == page.as_uri()]
    assert page.as_uri() in asked, "the browser says nothing of what it asks for"
    return [url for url in asked if url != page.as_uri() and not url.startswith(("data:", "about:"))]


def overflow_of(page: Path, width: int) -> int:
    """By how many CSS pixels a page is wider than a window."""
    with browsing(page, width=width) as driver:
        return overflow_now(driver)


def overflow_now(driver: Any) -> int:
    """By how many CSS pixels an open page is wider than its window."""
    return int(driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def printed(page: Path) -> bytes:
    """The page as Chromium prints it, a PDF."""
    with browsing(page) as driver:
        return printed_now(driver)


def printed_now(driver: Any) -> bytes:
    """An open page as Chromium prints it, a PDF."""
    return base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])


def faults_of_html(page: Path) -> list[str]:
    """What the Nu checker of the W3C finds in a page, warnings included but its guess at the language.

    It hashes a long script piece by piece and then finds that the policy names another: that is asked of Chromium.
    """
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    run = subprocess.run([program("java"), "-jar", str(jar), "--format", "json", str(page)], capture_output=True, text=True, check=False)
    found = [f"{fault['lastLine']}: {fault['message']}" for fault in json.loads(run.stderr)["messages"]]
    mistaken = ("appears to be written in", "Inline script violates Content Security Policy")
    return [fault for fault in found if not any(words in fault for words in mistaken)]
