"""How fast the page feels: first paint, answer after Enter, many people at once. Needs Chromium and playwright.

    .venv/bin/python benchmarks/browser.py [--index DIR] [--people 20]

The chat is started on a free port with the index given (default: $HOIDAP_INDEX or ./.hoidap). Times are of a browser and a
server that share the machine; the load of the machine is printed with them.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Page, sync_playwright

from index.store import index_folder

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WATCH = """(count) => { window.watched = new Promise((resolve) => {
  let start = 0;
  const entered = (event) => { if (event.key === "Enter") start = performance.now(); };
  addEventListener("keydown", entered, { capture: true, once: true });
  new MutationObserver((_, observer) => {
    if (document.querySelectorAll(".hd-reply").length <= count) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
  }).observe(document.body, { childList: true, subtree: true });
}); }"""
"""Milliseconds from Enter until one more answer is painted, told by the page: Playwright looks only now and then."""
QUESTIONS = ROOT / "tests" / "data" / "seeds_questions.jsonl"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default=str(index_folder()))
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--questions", type=int, default=20)
    options = parser.parse_args()
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]
    questions = [row["question"] for row in rows if not row.get("history")][: options.questions]
    port = free_port()
    code = f"import app; app.serve({options.index!r}, app.Settings(port={port}))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            server.stdout.readline()
            address = f"http://127.0.0.1:{port}"
            print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            in_browser(address, questions)
            at_once(address, questions, options.people)
        finally:
            server.terminate()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def in_browser(address: str, questions: list[str]) -> None:
    """First paint when the server is warm, and the time from Enter to the answer on the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        paints = [first_paint(page, address) for _ in range(6)][1:]
        said("first contentful paint, warm", paints)
        times = []
        for question in questions:
            page.evaluate(WATCH, page.locator(".hd-reply").count())
            page.locator("#hd-question textarea").fill(question)
            page.locator("#hd-question textarea").press("Enter")
            times.append(float(page.evaluate("watched")))
            page.wait_for_timeout(1500)  # follow-ups are tried meanwhile, as when a person reads
        said("answer visible after Enter", times)
        browser.close()


def first_paint(page: Page, address: str) -> float:
    """Milliseconds until something is painted; the page is left ready for questions."""
    page.goto(address)
    page.locator("#hd-head .hd-status").wait_for()
    page.wait_for_timeout(500)
    return float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))


def at_once(address: str, questions: list[str], people: int) -> None:
    """Everybody asks at the same moment, over the endpoint that the page's answers come from as well."""
    asked = [questions[place % len(questions)] for place in range(people)]
    with ThreadPoolExecutor(people) as pool:
        times = list(pool.map(lambda question: timed(lambda: ask(address, question)), asked))
    said(f"{people} people at once", times)


def ask(address: str, question: str) -> None:
    """Ask over HTTP; anything but an answer is an error."""
    url = f"{address}/gradio_api/call"
    body = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{url}/v2/ask", body, {"Content-Type": "application/json"})) as reply:
        event = json.load(reply)["event_id"]
    with urlopen(f"{url}/ask/{event}") as reply:
        lines = reply.read().decode()
    assert "event: complete" in lines, lines[:300]


def timed(work: Callable[[], None]) -> float:
    """Milliseconds that something takes."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def said(name: str, times: list[float]) -> None:
    """Print median and 95th percentile."""
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(
        f"{name}: median {statistics.median(ordered):.0f} ms, 95th percentile {high:.0f} ms, n={len(ordered)}"
    )


if __name__ == "__main__":
    main()
