"""Build, update, ask: seconds and memory on one folder of articles, in one run.

    python benchmarks/speed.py [FOLDER] [QUESTIONS.jsonl]

The folder (default: seeds/) is copied first, so nothing of it is changed. The figures of one run compare with each
other; figures of different machines or busy hours do not.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from index import build_index  # noqa: E402
from qa import Assistant  # noqa: E402
from qa.evaluate import read_rows  # noqa: E402

FRESH = "Bài thử tốc độ\nNăm 2031, xã Thử Nghiệm trồng được 4.321 cây phi lao."
QUESTION = "Năm 2031 xã Thử Nghiệm trồng được bao nhiêu cây phi lao?"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds"
    questions = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "tests" / "data" / "seeds_questions.jsonl"
    with tempfile.TemporaryDirectory() as temporary:
        articles = Path(temporary) / "articles"
        shutil.copytree(folder, articles)
        print(json.dumps(measure(articles, Path(temporary) / "index", questions), indent=1))


def measure(articles: Path, index_dir: Path, questions: Path) -> dict[str, float | int]:
    full = build_index([articles], index_dir)
    assistant = Assistant.open(index_dir)
    asked = [
        seconds(lambda row=row: assistant.ask(row.question, row.history)) for row in read_rows(questions)
    ]
    found = [seconds(lambda row=row: assistant.retrieve(row.question, 5)) for row in read_rows(questions)]
    update = edited_to_answer(articles, index_dir, assistant)
    return {
        "articles": full.articles,
        "passages": full.passages,
        "skipped": len(full.skipped),
        "build_seconds": round(full.seconds, 2),
        "passages_a_second": round(full.encoded / full.seconds, 1),
        "ask_median_ms": round(1000 * statistics.median(asked), 1),
        "ask_95th_percentile_ms": round(1000 * sorted(asked)[int(0.95 * len(asked))], 1),
        "retrieve_median_ms": round(1000 * statistics.median(found), 1),
        "edited_article_to_answer_seconds": round(update, 2),
        "update_to_build_ratio": round(update / full.seconds, 3),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def edited_to_answer(articles: Path, index_dir: Path, assistant: Assistant) -> float:
    """From a file being saved to the running assistant answering from it."""
    started = time.perf_counter()
    (articles / "bai-thu-toc-do.txt").write_text(FRESH, encoding="utf-8")
    build_index([articles], index_dir)
    answer = assistant.ask(QUESTION)
    if answer.short is None or "4.321" not in answer.short:
        raise SystemExit(f"the new article was not answered from: {answer.text}")
    return time.perf_counter() - started


def seconds(call) -> float:  # noqa: ANN001
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
