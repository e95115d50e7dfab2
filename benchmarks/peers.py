"""txtai, Haystack, LlamaIndex and hoidap on the same passages, with the same model, in one run.

    python benchmarks/peers.py --peers PEERS/bin/python [--mlqa MLQA.json] [--passages N] [--questions 400] [--save FILE]

Each library runs in a process and on a thread of its own, one after the other. Times are CPU time, which says what the
work costs on one core whatever else the machine is doing; over several ``--rounds`` the best time counts. All get the
bundled model with its prefixes and the same passages (title, line feed, text), and search as their manuals advise: dense
and BM25 together, ten hits. hoidap gets the passages as files and reads, cleans and splits them too; a hit counts for the
file it is in. The passages are those of benchmarks/questions, or MLQA's, on which nothing of hoidap's retrieval was
fitted. ``PEERS`` is made from benchmarks/peers.txt.
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
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
SETS = ROOT / "benchmarks" / "questions"
HITS = 10
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
PREFIXES = {"query": "query: ", "data": "passage: "}
COLUMNS = ("R@1", "MRR@10", "R@1 no diacritics", "passages/s", "query ms", "memory MB")
"""Times in CPU seconds of one core; memory is the most the process ever held."""

T = TypeVar("T")
Search = Callable[[str], list[str]]
"""A question -> the names of the passages found, best first."""


@dataclass(frozen=True)
class Task:
    """What a library is given: name -> passage; (question, name of its passage)."""

    model: str
    folder: str
    passages: dict[str, str]
    questions: list[tuple[str, str]]
    folded: list[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path, help="the interpreter of the peers' environment")
    parser.add_argument("--mlqa", type=Path, help="MLQA's Vietnamese file, in place of benchmarks/questions")
    parser.add_argument("--passages", type=int, default=10_000, help="how many at most, evenly chosen")
    parser.add_argument("--questions", type=int, default=400, help="how many are asked (default: 400)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(LIBRARIES), choices=list(LIBRARIES))
    parser.add_argument("--save", type=Path)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)  # given to the processes started below
    options = parser.parse_args()
    if options.work:
        work(options.only[0], options.work)
        return
    with tempfile.TemporaryDirectory() as folder:
        task = make_task(Path(folder), options)
        (Path(folder) / "task.json").write_text(
            json.dumps(asdict(task), ensure_ascii=False), encoding="utf-8"
        )
        rows = run_all(options, Path(folder))
    result = {
        "machine": machine(),
        "set": "MLQA" if options.mlqa else "benchmarks/questions",
        "passages": len(task.passages),
        "questions": len(task.questions),
        "rounds": options.rounds,
        "rows": rows,
    }
    print(table(rows))
    if options.save:
        options.save.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def make_task(folder: Path, options: argparse.Namespace) -> Task:
    """Gather passages and answerable questions, every n-th when there are too many, and write hoidap's files."""
    sys.path.insert(0, str(ROOT))
    from index.bundled import bundled_model_folder
    from index.vietnamese import fold

    passages: dict[str, str] = {}
    questions: list[tuple[str, str]] = []
    rows = mlqa_rows(options.mlqa) if options.mlqa else own_rows()
    for name, title, text, asked in every_nth(rows, options.passages):
        passages[name] = f"{title}\n{text}" if title else text
        questions += [(question, name) for question in asked]
    chosen = every_nth(questions, options.questions)
    articles = folder / "articles"
    articles.mkdir()
    for name, passage in passages.items():
        (articles / f"{name}.txt").write_text(passage, encoding="utf-8")
    folded = [(fold(question), name) for question, name in chosen]
    return Task(str(bundled_model_folder()), str(articles), passages, chosen, folded)


def every_nth(values: list[T], most: int) -> list[T]:
    return values[:: -(-len(values) // most)]


def own_rows() -> list[tuple[str, str, str, list[str]]]:
    rows = []
    for path in sorted(SETS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked = [one["question"] for one in row["qas"] if one["answer"]]
            rows.append((f"{path.stem}-{row['id']}".replace("/", "-"), row["title"], row["text"], asked))
    return rows


def mlqa_rows(path: Path) -> list[tuple[str, str, str, list[str]]]:
    rows = []
    for number, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for place, paragraph in enumerate(article["paragraphs"]):
            asked = [one["question"] for one in paragraph["qas"]]
            rows.append(
                (f"mlqa-{number:03}-{place:02}", article.get("title", ""), paragraph["context"], asked)
            )
    return rows


def run_all(options: argparse.Namespace, folder: Path) -> dict[str, dict[str, float]]:
    """Run every library ``rounds`` times, taking turns, and keep the best time and the most memory of each."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in options.only}
    for _ in range(options.rounds):
        for name in options.only:
            python = sys.executable if name == "hoidap" else str(options.peers)
            command = [python, __file__, "--work", str(folder), "--only", name]
            environment = {
                **os.environ,
                "HF_HUB_OFFLINE": "1",
                "HAYSTACK_TELEMETRY_ENABLED": "False",
                **ONE_THREAD,
            }
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{name} failed:\n{done.stderr[-3000:]}")
            runs[name].append(json.loads(done.stdout.splitlines()[-1]))
            print(name, runs[name][-1], file=sys.stderr)
    return {name: best(measured) for name, measured in runs.items()}


def best(runs: list[dict[str, float]]) -> dict[str, float]:
    return {
        "R@1": runs[0]["R@1"],
        "MRR@10": runs[0]["MRR@10"],
        "R@1 no diacritics": runs[0]["R@1 no diacritics"],
        "passages/s": max(run["passages/s"] for run in runs),
        "query ms": min(run["query ms"] for run in runs),
        "memory MB": max(run["memory MB"] for run in runs),
    }


def work(name: str, folder: Path) -> None:
    """Build, search and measure one library; the figures are the last line of standard output."""
    task = Task(**json.loads((folder / "task.json").read_text(encoding="utf-8")))
    seconds, search = LIBRARIES[name](task)
    for question, _ in task.questions[:5]:
        search(question)  # the first questions of a process load what is loaded lazily
    found, times = ask_all(search, task.questions)
    folded, _ = ask_all(search, task.folded)
    figures = {
        "R@1": round(sum(rank == 1 for rank in found) / len(found), 4),
        "MRR@10": round(sum(1 / rank for rank in found if rank) / len(found), 4),
        "R@1 no diacritics": round(sum(rank == 1 for rank in folded) / len(folded), 4),
        "passages/s": round(len(task.passages) / seconds, 1),
        "query ms": round(1000 * statistics.median(times), 1),
        "memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print("\n" + json.dumps(figures))


def ask_all(search: Search, questions: list[tuple[str, str]]) -> tuple[list[int], list[float]]:
    """The rank of each question's passage, 0 for not among the hits, and the CPU seconds each took."""
    ranks, times = [], []
    for question, name in questions:
        start = time.process_time()
        names = search(question)
        times.append(time.process_time() - start)
        distinct = list(dict.fromkeys(names))[:HITS]
        ranks.append(distinct.index(name) + 1 if name in distinct else 0)
    return ranks, times


def hoidap(task: Task) -> tuple[float, Search]:
    sys.path.insert(0, str(ROOT))
    from index import build_index
    from qa import Assistant

    started: list[float] = []

    def progress(stage: str, done: int, total: int) -> None:
        """Start the clock when the model is loaded, as for the others."""
        if not started:
            started.append(time.process_time())

    place = tempfile.mkdtemp(dir=Path(task.folder).parent)
    build_index([task.folder], place, progress=progress)
    seconds = time.process_time() - started[0]
    assistant = Assistant.open(place)
    return seconds, lambda question: [
        Path(hit.article.path).stem for hit in assistant.retrieve(question, HITS)
    ]


def txtai(task: Task) -> tuple[float, Search]:
    from txtai import Embeddings

    # A dense and a BM25 index, their scores normalised and added: txtai's hybrid search.
    embeddings = Embeddings(path=task.model, instructions=PREFIXES, hybrid=True)
    embeddings.batchtransform(["một câu"])
    start = time.process_time()
    embeddings.index([(name, text, None) for name, text in task.passages.items()])
    seconds = time.process_time() - start
    return seconds, lambda question: [name for name, _ in embeddings.search(question, HITS)]


def haystack(task: Task) -> tuple[float, Search]:
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    embedder = SentenceTransformersDocumentEmbedder(
        model=task.model, prefix=PREFIXES["data"], progress_bar=False
    )
    embedder.warm_up()
    start = time.process_time()
    documents = [Document(content=text, meta={"name": name}) for name, text in task.passages.items()]
    store.write_documents(embedder.run(documents)["documents"])
    seconds = time.process_time() - start
    pipeline = Pipeline()
    parts: dict[str, Any] = {
        "embedder": SentenceTransformersTextEmbedder(
            model=task.model, prefix=PREFIXES["query"], progress_bar=False
        ),
        "dense": InMemoryEmbeddingRetriever(store, top_k=HITS),
        "lexical": InMemoryBM25Retriever(store, top_k=HITS),
        "joiner": DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=HITS),
    }
    for name, part in parts.items():
        pipeline.add_component(name, part)
    pipeline.connect("embedder", "dense")
    pipeline.connect("dense", "joiner")
    pipeline.connect("lexical", "joiner")

    def search(question: str) -> list[str]:
        done = pipeline.run({"embedder": {"text": question}, "lexical": {"query": question}})
        return [document.meta["name"] for document in done["joiner"]["documents"]]

    return seconds, search


def llama_index(task: Task) -> tuple[float, Search]:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.retrievers.bm25 import BM25Retriever

    model = HuggingFaceEmbedding(
        task.model,
        query_instruction=PREFIXES["query"],
        text_instruction=PREFIXES["data"],
        embed_batch_size=32,
    )
    model.get_text_embedding("một câu")
    start = time.process_time()
    pieces = [TextNode(id_=name, text=text) for name, text in task.passages.items()]
    dense = VectorStoreIndex(pieces, embed_model=model).as_retriever(similarity_top_k=HITS)
    lexical = BM25Retriever.from_defaults(nodes=pieces, similarity_top_k=HITS, skip_stemming=True)
    seconds = time.process_time() - start
    fused = QueryFusionRetriever(
        [dense, lexical],
        llm=MockLLM(),
        mode="reciprocal_rerank",
        num_queries=1,
        similarity_top_k=HITS,
        use_async=False,
    )
    return seconds, lambda question: [hit.node.node_id for hit in fused.retrieve(question)]


LIBRARIES: dict[str, Callable[[Task], tuple[float, Search]]] = {
    "hoidap": hoidap,
    "txtai": txtai,
    "haystack": haystack,
    "llama_index": llama_index,
}


def machine() -> dict[str, str | int]:
    lines = (
        Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
        if Path("/proc/cpuinfo").exists()
        else []
    )
    model = next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor()
    )
    return {
        "cpu": model,
        "cores": os.cpu_count() or 0,
        "python": platform.python_version(),
        "load at the end": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else "",
        "day": time.strftime("%Y-%m-%d"),
    }  # fmt: skip


def table(rows: dict[str, dict[str, float]]) -> str:
    lines = ["| | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    lines += [
        f"| {name} | " + " | ".join(f"{row[column]:g}" for column in COLUMNS) + " |"
        for name, row in rows.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
