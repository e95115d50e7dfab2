"""Build, update and retrieve at a size of your choice, with made texts and made vectors: no model is run.

    python benchmarks/scale.py PASSAGES [--sentences FILE] [--vectors FILE.npy] [--kinds flat,sq8,...] [--direct]

Articles of sentences drawn at random (FILE: one a line; default: those of seeds/) are written as files and indexed by
``build_index``: read, cleaned, split and stored as any article; with --direct they go to the store as they are made,
which leaves out reading, cleaning and splitting. A stand-in for the model gives each passage a mixture of
two given vectors (FILE.npy: (n, 384) float32; default: drawn around 2,000 topics) with noise. Retrieval runs in a process
of its own, for its memory. Figures of one run compare with each other; those of another machine or hour do not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import index.build  # noqa: E402
from benchmarks.made import DIM, MadeEncoder, base_vectors, made_article, made_figures, write_articles  # noqa: E402
from index.articles import find_files, read_article  # noqa: E402
from index.draft import Draft  # noqa: E402
from index.ledger import write_ledger  # noqa: E402
from index.lock import lock  # noqa: E402
from index.split import sentences  # noqa: E402
from index.store import Generation  # noqa: E402
from index.vectors import KINDS, VectorFile, chosen_kind, write_vectors  # noqa: E402
from qa.retrieve import Filters, RetrievalSettings, Retriever, query_terms  # noqa: E402

QUERIES = 100
FRESH = "Bài thử cập nhật\nNăm 2031, xã Thử Nghiệm trồng được 4.321 cây phi lao."
BLOCK = 50_000


def main() -> None:
    options = parsed()
    if options.retrieve:
        print(json.dumps(retrieval(Path(options.retrieve), base_vectors(options.vectors), pool(options))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        result = measure(options, options.work or Path(temporary))
    text = json.dumps(result, indent=1, ensure_ascii=False)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("passages", type=int)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--index", default="auto", help="kind of the index that is built")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--work", type=Path, help="folder that is kept; an index in it is used as it is")
    parser.add_argument(
        "--direct", action="store_true", help="store made articles without reading their files"
    )
    parser.add_argument("--retrieve", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    articles, index_dir = folder / "articles", folder / "index"
    base = base_vectors(options.vectors)
    index.build.load_encoder = lambda model=None: MadeEncoder(base)
    built = {} if (index_dir / "CURRENT").exists() else build(options, articles, index_dir, base)
    manifest = Generation.open_current(index_dir).manifest
    return {
        "machine": machine(),
        "passages": manifest.passages,
        "articles": manifest.articles,
        **built,
        "index_mb": round(
            sum(path.stat().st_size for path in index_dir.rglob("*") if path.is_file()) / 2**20
        ),
        "retrieve": in_own_process(options, index_dir),
        "updates": updates(articles, index_dir, base),
        "kinds": [compared(kind, options.passages, base) for kind in options.kinds.split(",") if kind],
    }


def build(
    options: argparse.Namespace, articles: Path, index_dir: Path, base: np.ndarray
) -> dict[str, object]:
    if not articles.exists():
        write_articles(articles, pool(options), options.passages)
    time.sleep(2.5)  # a younger file is hashed again at the next build
    stages: dict[str, float] = {}
    started = time.perf_counter(), time.process_time()
    if options.direct:
        stored_directly(articles, index_dir, MadeEncoder(base), options.index, clock(stages))
    else:
        index.build.build_index([articles], index_dir, vector_index=options.index, progress=clock(stages))
    seconds, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    return {
        "build": "store only" if options.direct else "files read, cleaned, split, stored",
        "build_seconds": round(seconds, 1),
        "build_cpu_seconds": round(cpu, 1),
        "build_stages_end_at": {stage: round(at, 1) for stage, at in stages.items()},
        "build_peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def stored_directly(
    articles: Path, index_dir: Path, encoder: MadeEncoder, kind: str, notify: Callable[[str, int, int], None]
) -> None:
    """What ``build_index`` does once files are read: every fifth of an article's sentences is a passage."""
    with lock(index_dir):
        draft = Draft(index_dir, None, [], DIM, kind)
        for path in find_files([articles])[0]:
            article, passages = made_article(path)
            digest, stamp = index.build._sha256(str(path)), index.build._stamp(str(path))
            draft.add(article, passages, digest, stamp)
        notify("read", 1, 1)
        index.build._encode(draft, index.build._Known(None, None), encoder, notify)
        for file in draft.figure_files():
            write_ledger(file.path, made_figures(file.articles))
        notify("figures", 1, 1)
        draft.publish(index.build._new_manifest([articles], encoder, "", kind))
        notify("store", 1, 1)


def machine() -> dict[str, object]:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "day": time.strftime("%Y-%m-%d %H:%M"),
    }


def clock(stages: dict[str, float]) -> Callable[[str, int, int], None]:
    started = time.monotonic()

    def notify(stage: str, done: int, total: int) -> None:
        stages[stage] = time.monotonic() - started

    return notify


def pool(options: argparse.Namespace) -> list[str]:
    """The sentences that articles and queries are made of."""
    if options.sentences:
        return options.sentences.read_text(encoding="utf-8").splitlines()
    texts = [read_article(path).text for path in find_files([ROOT / "seeds"])[0]]
    return [text[a:b] for text in texts for a, b in sentences(text) if b - a > 30]


def in_own_process(options: argparse.Namespace, index_dir: Path) -> dict[str, object]:
    command = [sys.executable, __file__, "0", "--retrieve", str(index_dir)]
    for name in ("sentences", "vectors"):
        if value := getattr(options, name):
            command += [f"--{name}", str(value)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def retrieval(index_dir: Path, base: np.ndarray, lines: list[str]) -> dict[str, object]:
    """Medians in milliseconds over drawn queries; the query's vector is made before the clock starts."""
    encoder = MadeEncoder(base)
    started = time.perf_counter()
    generation = Generation.open_current(index_dir)
    opened = time.perf_counter() - started
    draw = np.random.default_rng(6)
    asked = [drawn_query(lines, draw) for _ in range(QUERIES)]
    made = {text: encoder.encode_query(text) for text in asked}
    encoder.encode_query = made.__getitem__  # type: ignore[method-assign]
    retriever = Retriever(generation, encoder)
    lexical, terms = generation.lexical, {text: query_terms(text, retriever.settings) for text in asked}
    filters = Filters(source="nowhere")
    for text in asked[:10]:
        retriever.retrieve(text, 10)
    return {
        "open_seconds": round(opened, 3),
        "kinds": [segment.record.kind for segment in generation.segments],
        "retrieve_ms": spread([clocked(lambda t=t: retriever.retrieve(t, 10)) for t in asked]),
        "dense_ms": spread([clocked(lambda t=t: generation.vectors.search(made[t], 100)) for t in asked]),
        "lexical_ms": spread([clocked(lambda t=t: lexical.search(terms[t], 100)) for t in asked]),
        "filtered_to_nothing_ms": spread(
            [clocked(lambda t=t: retriever.retrieve(t, 10, filters)) for t in asked[:10]]
        ),
        "memory_mb": memory(),
        **recall(generation, np.array(list(made.values()))),
    }


def drawn_query(lines: list[str], draw: np.random.Generator) -> str:
    words = lines[draw.integers(len(lines))].split()
    start = int(draw.integers(max(1, len(words) - 9)))
    return " ".join(words[start : start + 9])


def memory() -> dict[str, int]:
    """Megabytes that are this process's own, and of files it has mapped; together the resident memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    found = {
        line.split(":")[0]: int(line.split()[1]) // 1024
        for line in lines
        if line.startswith(("VmRSS", "Rss"))
    }
    return {"resident": found["VmRSS"], "own": found["RssAnon"], "mapped_files": found["RssFile"]}


def recall(generation: Generation, queries: np.ndarray) -> dict[str, float]:
    """Share of the exactly nearest that are found, over the living rows of all segments."""
    scores = [(segment, score_all(segment.vectors, queries)) for segment in generation.segments]
    rows = np.concatenate([segment.rows for segment, _ in scores])
    nearest = rows[nearest_of(np.concatenate([one for _, one in scores], axis=1))]
    found = [[row for row, _ in generation.vectors.search(query, 100)] for query in queries]
    return {
        "recall_at_10": share(
            [set(a[:10]) & set(b[:10]) for a, b in zip(nearest.tolist(), found, strict=True)], 10
        ),
        "recall_at_100": share([set(a) & set(b) for a, b in zip(nearest.tolist(), found, strict=True)], 100),
    }


def score_all(vectors: VectorFile, queries: np.ndarray) -> np.ndarray:
    blocks = [
        queries @ vectors.rows(range(first, min(first + BLOCK, len(vectors)))).T
        for first in range(0, len(vectors), BLOCK)
    ]
    return np.concatenate(blocks, axis=1)


def nearest_of(scores: np.ndarray) -> np.ndarray:
    """``(queries, 100)``: the places of the highest scores, best first."""
    best = np.argpartition(scores, -100, axis=1)[:, -100:]
    return np.take_along_axis(best, np.argsort(-np.take_along_axis(scores, best, 1), axis=1), 1)


def share(common: list[set[int]], of: int) -> float:
    return round(sum(map(len, common)) / (of * len(common)), 4)


def updates(articles: Path, index_dir: Path, base: np.ndarray) -> list[dict[str, float]]:
    """One article added, changed three times, removed: until a reader that was open before finds it so."""
    path, done = articles / "0000" / "thu-cap-nhat.txt", []
    words = RetrievalSettings(dense=0.0, near=0.0)  # made vectors know nothing of the words
    retriever = Retriever(Generation.open_current(index_dir), MadeEncoder(base), words)
    for number in (4_321, 5_432, 6_543, 7_654, 0):
        started, busy = time.perf_counter(), time.process_time()
        if number:
            path.write_text(FRESH.replace("4.321", f"{number // 1000}.{number % 1000}"), encoding="utf-8")
        else:
            path.unlink()
        built = index.build.build_index([articles], index_dir)
        at = time.perf_counter() - started
        retriever = Retriever(Generation.open_current(index_dir), retriever.encoder, words)
        found = retriever.retrieve("xã Thử Nghiệm trồng cây phi lao", 1)[0].passage.text
        if number and f"{number // 1000}.{number % 1000}" not in found:
            raise SystemExit(f"not found after the update: {found}")
        segments = len(retriever.generation.segments)
        took = time.perf_counter() - started
        done.append(
            {
                "seconds": round(took, 2),
                "cpu": round(time.process_time() - busy, 2),
                "build": round(at, 2),
                "written": built.encoded,
                "segments": segments,
            }
        )
    return done


def compared(kind: str, count: int, base: np.ndarray) -> dict[str, object]:
    """One kind of vector index over ``count`` made vectors, alone: seconds, megabytes, milliseconds, recall."""
    if kind not in KINDS:
        raise SystemExit(f"no kind {kind!r}; one of {', '.join(KINDS)}")
    encoder = MadeEncoder(base)
    queries = encoder.mixed(np.random.default_rng(9), QUERIES)
    with tempfile.TemporaryDirectory() as temporary:
        started = time.perf_counter()
        write_vectors(Path(temporary), made_blocks(encoder, count), DIM, kind)
        seconds = time.perf_counter() - started
        vectors = VectorFile(Path(temporary), count, DIM, chosen_kind(count, kind))
        nearest = nearest_of(score_all(vectors, queries)).tolist()
        found = [vectors.search(query, 100)[0].tolist() for query in queries]
        times = [clocked(lambda q=q: vectors.search(q, 100)) for q in queries]
        index_file = Path(temporary) / "search.faiss"
        size = index_file.stat().st_size if index_file.exists() else 0
    return {
        "kind": kind,
        "write_seconds": round(seconds, 1),
        "search_file_mb": round(size / 2**20, 1),
        "search_100_ms": spread(times),
        "recall_at_10": share([set(a[:10]) & set(b[:10]) for a, b in zip(nearest, found, strict=True)], 10),
        "recall_at_100": share([set(a) & set(b) for a, b in zip(nearest, found, strict=True)], 100),
    }


def made_blocks(encoder: MadeEncoder, count: int) -> Iterator[np.ndarray]:
    draw = np.random.default_rng(3)
    for first in range(0, count, BLOCK):
        yield encoder.mixed(draw, min(BLOCK, count - first))


def clocked(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds elapsed, and of processor time in all threads, which other work on the machine prolongs less."""
    started = time.perf_counter(), time.process_time()
    call()
    return 1000 * (time.perf_counter() - started[0]), 1000 * (time.process_time() - started[1])


def spread(times: list[tuple[float, float]]) -> dict[str, float]:
    elapsed = sorted(wall for wall, _ in times)
    return {
        "median": round(statistics.median(elapsed), 2),
        "percentile_95": round(elapsed[int(0.95 * len(elapsed))], 2),
        "least": round(elapsed[0], 2),
        "median_cpu": round(statistics.median(cpu for _, cpu in times), 2),
    }


if __name__ == "__main__":
    main()
