"""Speed and likeness of the bundled model's encoder, against plain sentence-transformers within one run.

    python benchmarks/encoding.py [--rounds 5] [--texts 42] [--tokens 210] [--out benchmarks/results/encoding.json]

The texts are those of ``benchmarks/questions``, joined and cut to about the tokens wanted. Both sides take turns; the
ratio is of their fastest rounds, in elapsed time and in processor time. R@1: how often the passage of a question is
the nearest of all passages of ``benchmarks/questions``, questions that have no answer left out.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.bundled import bundled_model_folder
from index.bundled_encoder import BundledEncoder
from index.onnx_model import cores, open_model

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=int, default=42)
    parser.add_argument("--tokens", type=int, default=210)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    texts, lengths = make_texts(options.texts, options.tokens)
    ways = load_ways()
    measured = take_turns({name: (lambda way=way: way(texts)) for name, way in ways.items()}, options.rounds)
    report = {
        "machine": machine(),
        "texts": {"number": len(texts), "tokens": [min(lengths), round(np.mean(lengths)), max(lengths)]},
        "speed": summary(measured, len(texts)),
        "recall_at_1": recall(),
    }
    print(json.dumps(report, indent=1))
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def load_ways() -> dict:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(cores())
    model = SentenceTransformer(str(bundled_model_folder()), device="cpu")

    def plain(texts: list[str], size: int) -> np.ndarray:
        prompted = [f"passage: {text}" for text in texts]
        return model.encode(prompted, batch_size=size, normalize_embeddings=True)

    rounded, exact = BundledEncoder("int8"), BundledEncoder("float32")
    return {
        "sentence-transformers, batches of 32 (its default)": lambda texts: plain(texts, 32),
        "sentence-transformers, batches of 7": lambda texts: plain(texts, 7),
        "hoidap float32": exact.encode_passages,
        "hoidap int8": rounded.encode_passages,
    }


def make_texts(number: int, tokens: int) -> tuple[list[str], list[int]]:
    model, joined = open_model(bundled_model_folder()), " ".join(row["text"] for row in rows())
    _, offsets = model.tokens(joined)
    random = np.random.default_rng(0)
    texts, lengths = [], []
    for _ in range(number):
        length = int(random.integers(tokens * 4 // 5, tokens * 6 // 5))
        start = int(random.integers(1, len(offsets) - length - 1))
        text = joined[offsets[start, 0] : offsets[start + length, 0]]
        texts.append(text)
        lengths.append(len(model.tokens(f"passage: {text}")[0]))
    return texts, lengths


def rows() -> list[dict]:
    files = sorted((ROOT / "benchmarks" / "questions").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def take_turns(ways: dict, rounds: int) -> dict[str, list[tuple[float, float, np.ndarray]]]:
    measured = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            wall, used = time.perf_counter(), time.process_time()
            vectors = way()
            if number:  # the first round warms up
                measured[name].append((time.perf_counter() - wall, time.process_time() - used, vectors))
    return measured


def summary(measured: dict, texts: int) -> dict:
    base, *_ = measured.values()
    walls, used = min(one[0] for one in base), min(one[1] for one in base)
    reference = base[0][2]
    found = {}
    for name, turns in measured.items():
        cosines = (turns[0][2] * reference).sum(1)
        fastest, cheapest = min(one[0] for one in turns), min(one[1] for one in turns)
        found[name] = {
            "texts_a_second": round(texts / fastest, 1),
            "ratio_elapsed": round(walls / fastest, 2),
            "ratio_processor_time": round(used / cheapest, 2),
            "cosine_mean": round(float(cosines.mean()), 5),
            "cosine_least": round(float(cosines.min()), 5),
        }
    return found


def recall() -> dict[str, float]:
    passages = rows()
    asked = [(q["question"], at) for at, row in enumerate(passages) for q in row["qas"] if q["answer"]]
    found = {"questions": len(asked), "passages": len(passages)}
    for precision in ("float32", "int8"):
        encoder = BundledEncoder(precision)
        vectors = encoder.encode_passages([row["text"] for row in passages])
        nearest = [int((vectors @ encoder.encode_query(question)).argmax()) for question, _ in asked]
        found[precision] = round(
            float(np.mean([one == at for one, (_, at) in zip(nearest, asked, strict=True)])), 4
        )
    return found


def machine() -> dict[str, object]:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    name = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    return {"processor": name, "cores": cores(), "system": platform.platform(), "load_before": float(load)}


if __name__ == "__main__":
    main()
