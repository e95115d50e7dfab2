"""The ``hoidap`` command: parses, calls the library, prints. Exit codes: 0 done, 1 error, 2 wrong usage."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.metadata import entry_points

from index.errors import HoidapError, InputError
from index.types import BuildReport
from qa.options import parser
from qa.progress import progress_bar

Handler = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors of users and files become one line on standard error."""
    options = parser().parse_args(arguments)
    try:
        code = HANDLERS[options.command](options)
        sys.stdout.flush()
        return code
    except HoidapError as error:
        print(f"hoidap: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("hoidap: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk, missing rights, a file where a folder should be
        print(f"hoidap: {error.filename or 'system'}: {error.strerror or error}", file=sys.stderr)
        return 1


def _index(options: argparse.Namespace) -> int:
    from index.build import build_index
    from index.stores import open_store

    store = open_store(options.index)
    paths = list(options.paths)
    if not paths or options.add:
        name = store.current()
        if name is None and not paths:
            raise InputError(
                "no path given and no earlier build to repeat; name a file or a folder of articles"
            )
        if name is not None:
            manifest = store.manifest(name)
            paths = [*manifest.roots, *paths]
            options.model = options.model or manifest.model or None
    with progress_bar(quiet=options.json) as progress:
        report = build_index(
            paths,
            options.index,
            model=options.model,
            vectors=options.vectors,
            progress=progress,
            vector_index=options.vector_index,
        )
    _print_report(report, options.json)
    return 0


def _print_report(report: BuildReport, as_json: bool) -> None:
    if as_json:
        _print_json(report)
        return
    print(
        f"{report.articles} articles, {report.passages} passages ({report.added} added, {report.changed} changed, "
        f"{report.removed} removed, {report.unchanged} unchanged) in {report.seconds:.1f} s; generation {report.generation}"
    )
    for file in report.skipped:
        print(f"  not indexed: {file.path}: {file.reason}")


def _encode(options: argparse.Namespace) -> int:
    from index.encode_shard import encode_shard

    number, count = options.shard
    with progress_bar(quiet=options.json) as progress:
        report = encode_shard(
            options.paths, options.out, number=number, count=count, model=options.model, progress=progress
        )
    if options.json:
        _print_json(report)
        return 0
    print(f"{report.path}: {report.passages} passages of {report.files} files in {report.seconds:.1f} s")
    for file in report.skipped:
        print(f"  not encoded: {file.path}: {file.reason}")
    return 0


def _ask(options: argparse.Namespace) -> int:
    from qa.answer import Assistant

    answer = Assistant.open(options.index, reader=options.reader, reranker=options.reranker).ask(
        options.question, options.history, source=options.source, since=options.since, until=options.until
    )
    if options.json:
        _print_json(answer)
        return 0
    print(answer.text)
    for citation in answer.citations:
        print(f"  [{citation.number}] {_origin(citation.title, citation.source, citation.published)}")
        print(f"      {citation.path}, characters {citation.start}-{citation.end}")
    if answer.outcome == "nearest":
        print(f"  gần nhất: {answer.hits[0].passage.text}")
    return 0


def _search(options: argparse.Namespace) -> int:
    from qa.answer import Assistant

    hits = Assistant.open(options.index, reranker=options.reranker).retrieve(
        options.query, options.k, source=options.source, since=options.since, until=options.until
    )
    if options.json:
        _print_json(hits)
        return 0
    for hit in hits:
        print(
            f"{hit.rank}. ({hit.score:.2f}) {_origin(hit.article.title, hit.article.source, hit.article.published)}"
        )
        print(f"   {hit.passage.text}")
    return 0


def _figures(options: argparse.Namespace) -> int:
    from qa.answer import Assistant

    wanted = {name: getattr(options, name) for name in ("place", "since", "until", "kind", "unit")}
    figures = Assistant.open(options.index).figures(options.indicator, **wanted)
    if options.plot:
        from qa.draw import plot_figures

        plot_figures(figures, options.indicator, options.plot)
    if options.json:
        _print_json(figures.rows())
    else:
        print(figures.to_csv() if options.csv else "".join(f"{line}\n" for line in figures.lines()), end="")
    return 0


def _origin(title: str, source: str, published: date | None) -> str:
    return " · ".join(part for part in (title, source, f"{published:%d/%m/%Y}" if published else "") if part)


def _serve(options: argparse.Namespace) -> int:
    found = entry_points(group="hoidap.serve")
    if not found:
        raise InputError("the browser chat is not installed; run `pip install hoidap` again")
    from qa.settings import Settings, settings

    given = {name: getattr(options, name) for name in Settings.__dataclass_fields__}
    next(iter(found)).load()(options.index, settings(given))
    return 0


def _feedback(options: argparse.Namespace) -> int:
    from index.stores import open_store
    from qa.feedback import question_set, read

    said = read(open_store(options.index).folder)
    if options.save:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in question_set(said))
        options.save.write_text("".join(lines), encoding="utf-8")
    if options.json:
        _print_json(said)
        return 0
    for one in said:
        print(f"{one.said} {one.verdict}: {one.question} -> {one.short or one.text}")
    print(f"{len(said)} verdicts, {sum(one.verdict == 'right' for one in said)} right")
    return 0


def _status(options: argparse.Namespace) -> int:
    from index.stores import open_store
    from qa.settings import settings

    generation = open_store(options.index).open_current()
    manifest = generation.manifest
    if options.json:
        _print_json({"generation": generation.name, "newest": generation.newest(), "manifest": manifest})
        return 0
    print(f"index: {generation.place}, built {manifest.created}")
    print(
        f"articles: {manifest.articles}, passages: {manifest.passages}, newest: {generation.newest() or 'unknown'}"
    )
    print(f"model: {manifest.model or 'bundled (multilingual-e5-small)'}, dimension {manifest.dim}")
    print(f"paths: {', '.join(manifest.roots)}")
    print("\n".join(settings().lines()))
    for file in manifest.skipped:
        print(f"not indexed: {file.path}: {file.reason}")
    return 0


def _rollback(options: argparse.Namespace) -> int:
    from index.stores import open_store

    name = open_store(options.index).rollback()
    _print_json({"generation": name}) if options.json else print(f"generation {name} is published again")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from index.doctor import examine
    from index.stores import open_store

    checks = examine(open_store(options.index))
    if options.json:
        _print_json(checks)
    else:
        for check in checks:
            print(f"{'ok  ' if check.passed else 'FAIL'} {check.name}: {check.detail}")
    return 0 if all(check.passed for check in checks) else 1


def _eval(options: argparse.Namespace) -> int:
    from qa.evaluate import by_type, read_rows
    from qa.report import compare, reliability, run, save, table, wrong_rows

    rows = read_rows(options.file)
    with _evaluated_index(options) as folder:
        scores = run(rows, folder, options.reader, options.reranker)
    summary = by_type(scores)
    if options.json:
        _print_json(summary)
    else:
        print(table(summary))
    if options.verbose:
        print(wrong_rows(scores), file=sys.stderr if options.json else sys.stdout)
    if options.compare:
        print(compare(scores, options.compare), file=sys.stderr if options.json else sys.stdout)
    if options.save:
        save(scores, options.save)
    if options.plot:
        from qa.draw import plot_reliability

        plot_reliability(reliability(scores), options.plot)
    return 0


@contextmanager
def _evaluated_index(options: argparse.Namespace) -> Iterator[str | None]:
    from index.build import build_index

    if options.articles is None:
        yield options.index
        return
    with tempfile.TemporaryDirectory() as temporary, progress_bar(quiet=options.json) as progress:
        folder = options.index or temporary
        report = build_index([options.articles], folder, progress=progress)
        if not options.json:
            _print_report(report, as_json=False)
        yield folder


def _print_json(value: object) -> None:
    from qa.plain import to_plain

    print(json.dumps(to_plain(value), ensure_ascii=False, indent=1))


HANDLERS: dict[str, Handler] = {
    "index": _index,
    "encode": _encode,
    "ask": _ask,
    "search": _search,
    "figures": _figures,
    "serve": _serve,
    "feedback": _feedback,
    "status": _status,
    "rollback": _rollback,
    "doctor": _doctor,
    "eval": _eval,
}
