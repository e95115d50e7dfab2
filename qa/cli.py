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
from pathlib import Path
from typing import TypeAlias

from index.errors import HoidapError, InputError
from index.types import BuildReport
from qa.progress import progress_bar

Handler = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors of users and files become one line on standard error."""
    options = _parser().parse_args(arguments)
    handler: Handler = options.handler
    try:
        code = handler(options)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hoidap", description="Ask Vietnamese articles; every answer is a sentence of an article."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (
        _add_index,
        _add_encode,
        _add_ask,
        _add_search,
        _add_figures,
        _add_serve,
        _add_status,
        _add_rollback,
        _add_doctor,
        _add_eval,
        _add_feedback,
    ):
        add(commands)
    return parser


def _command(
    commands: Commands, name: str, handler: Handler, summary: str, example: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary, epilog=f"example: {example}")
    parser.add_argument(
        "--index",
        "--store",
        metavar="PLACE",
        help="index folder, or milvus://HOST:PORT/COLLECTION (default: $HOIDAP_INDEX or ./.hoidap)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(handler=handler)
    return parser


def _add_index(commands: Commands) -> None:
    parser = _command(
        commands, "index", _index, "bring the index to exactly what the paths hold", "hoidap index articles/"
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders; none: those of the last build"
    )
    parser.add_argument("--add", action="store_true", help="keep the paths of the last build as well")
    parser.add_argument(
        "--model", help="name or folder of a SentenceTransformer (default: the bundled model)"
    )
    parser.add_argument(
        "--vector-index",
        choices=("auto", "flat", "sq8", "rabitq", "ivf"),
        help="how vectors are searched (default: as in the last build; at first, what fits their number)",
    )
    parser.add_argument(
        "--vectors", metavar="FOLDER", help="shards of `hoidap encode`: what is in them is not encoded again"
    )


def _add_encode(commands: Commands) -> None:
    parser = _command(
        commands,
        "encode",
        _encode,
        "encode a share of the passages into Parquet, for `hoidap index --vectors`",
        "hoidap encode articles/ --shard 3/16 --out vectors/",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files and folders, the same for every shard"
    )
    parser.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="I/N", help="share I of N (default: 1/1)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the shards are kept")
    parser.add_argument("--model", help="as for `hoidap index`")


def _add_ask(commands: Commands) -> None:
    parser = _command(
        commands, "ask", _ask, "answer a question", 'hoidap ask "thu ngân sách 2020 là bao nhiêu"'
    )
    parser.add_argument("question")
    parser.add_argument(
        "--history", action="append", default=[], metavar="QUESTION", help="an earlier question, oldest first"
    )
    _add_reader(parser)
    _add_filters(parser)


def _add_search(commands: Commands) -> None:
    parser = _command(
        commands, "search", _search, "list the best passages", 'hoidap search "thu ngân sách" -k 3'
    )
    parser.add_argument("query")
    parser.add_argument("-k", type=int, default=5, help="how many passages (default: 5)")
    _add_filters(parser)


def _add_figures(commands: Commands) -> None:
    example = 'hoidap figures "thu ngân sách" --place "Sóc Trăng"'
    parser = _command(commands, "figures", _figures, "list the figures of an indicator", example)
    parser.add_argument("indicator", nargs="?", default="", help="what was measured (none: every figure)")
    parser.add_argument("--place", default="", help='the place: "Sóc Trăng", "thành phố Sóc Trăng"')
    parser.add_argument(
        "--since", type=_day, metavar="YYYY-MM-DD", help="only periods that end on this day or later"
    )
    parser.add_argument(
        "--until", type=_day, metavar="YYYY-MM-DD", help="only periods that begin on this day or earlier"
    )
    parser.add_argument("--kind", default="", help="actual, estimate or plan")
    parser.add_argument("--unit", default="", help="the base unit: đồng, %%, hộ")
    parser.add_argument("--csv", action="store_true", help="print CSV, values in base units")
    parser.add_argument(
        "--plot", type=Path, metavar="PNG", help="draw them over time, plans and estimates hollow"
    )


def _add_reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reader",
        metavar="MODEL",
        help="name or folder of an extractive question-answering model (default: the built-in reader)",
    )


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", help="only articles whose source holds this")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="only articles of this day or later")
    parser.add_argument(
        "--until", type=_day, metavar="YYYY-MM-DD", help="only articles of this day or earlier"
    )


def _add_serve(commands: Commands) -> None:
    parser = _command(commands, "serve", _serve, "start the browser chat", "hoidap serve --port 7860")
    parser.add_argument("--host", help="address to listen on (default: $HOIDAP_HOST or 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port (default: $HOIDAP_PORT or 7860)")
    parser.add_argument(
        "--auth", metavar="USER:PASSWORD", help="ask everyone for these (default: $HOIDAP_AUTH)"
    )
    parser.add_argument("--read-only", action="store_true", help="articles can be neither added nor removed")
    parser.add_argument(
        "--uploads", metavar="DIR", help="where added articles are kept (default: in the index folder)"
    )
    parser.add_argument(
        "--mcp", action="store_true", help="offer ask, retrieve and figures to agents over MCP"
    )
    _add_reader(parser)


def _add_feedback(commands: Commands) -> None:
    parser = _command(
        commands, "feedback", _feedback, "what readers said of answers", "hoidap feedback --save judged.jsonl"
    )
    parser.add_argument(
        "--save", type=Path, metavar="FILE", help="save what was judged right as a question set"
    )


def _add_status(commands: Commands) -> None:
    _command(commands, "status", _status, "what the index holds, and the files it does not", "hoidap status")


def _add_rollback(commands: Commands) -> None:
    _command(
        commands, "rollback", _rollback, "publish the generation before the current one", "hoidap rollback"
    )


def _add_doctor(commands: Commands) -> None:
    _command(commands, "doctor", _doctor, "check that the index is whole", "hoidap doctor")


def _add_eval(commands: Commands) -> None:
    parser = _command(
        commands, "eval", _eval, "score a question set", "hoidap eval questions.jsonl --articles articles/"
    )
    parser.add_argument("file", type=Path, help="questions, JSON lines")
    parser.add_argument(
        "--articles", type=Path, metavar="DIR", help="index these first (into --index, else a temporary one)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="also print the rows that went wrong")
    parser.add_argument("--save", type=Path, metavar="FILE", help="save the run")
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help="list the rows better and worse than in a saved run"
    )
    parser.add_argument(
        "--plot", type=Path, metavar="PNG", help="draw the reliability curve of the confidence"
    )
    _add_reader(parser)


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

    answer = Assistant.open(options.index, reader=options.reader).ask(
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

    hits = Assistant.open(options.index).retrieve(
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
        scores = run(rows, folder, options.reader)
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2021-07-02") from error


def _shard(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    if not (number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(f"{text!r} is no share; write it like 3/16, the third of sixteen")
    return int(number), int(count)


def _print_json(value: object) -> None:
    from qa.plain import to_plain

    print(json.dumps(to_plain(value), ensure_ascii=False, indent=1))
