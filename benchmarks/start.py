"""Elapsed and processor time of ``hoidap ask`` in fresh processes, over an index of ``seeds/``.

    python benchmarks/start.py [--rounds 5] [--out benchmarks/results/start.json]

Beside it, as the unit of the machine: a process that imports torch and sentence-transformers and does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from encoding import machine

from index import build_index

ROOT = Path(__file__).parents[1]

ASK = "import sys; from qa.cli import main; sys.exit(main(sys.argv[1:]))"
QUESTION = "thu ngân sách 2020 của thành phố Sóc Trăng là bao nhiêu"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build_index([ROOT / "seeds"], folder)
        programs = {
            "hoidap ask": [sys.executable, "-c", ASK, "ask", QUESTION, "--index", folder],
            "import torch and sentence-transformers": [sys.executable, "-c", "import sentence_transformers"],
        }
        seconds = {name: [] for name in programs}
        for _ in range(options.rounds):
            for name, program in programs.items():
                seconds[name].append(timed(program))
    report = {"machine": machine(), "seconds": {name: fastest(turns) for name, turns in seconds.items()}}
    print(json.dumps(report, indent=1))
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def timed(program: list[str]) -> tuple[float, float]:
    before, started = os.times(), time.perf_counter()
    subprocess.run(program, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used


def fastest(turns: list[tuple[float, float]]) -> dict[str, float]:
    return {
        "elapsed": round(min(one[0] for one in turns), 2),
        "processor": round(min(one[1] for one in turns), 2),
    }


if __name__ == "__main__":
    main()
