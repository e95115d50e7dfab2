"""The commands and options of ``hoidap``, and how their values are read."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parser() -> argparse.ArgumentParser:
    """The commands and options of ``hoidap``; what is parsed names its command in ``command``."""
    top = argparse.ArgumentParser(
        prog="hoidap", description="Ask Vietnamese articles; every answer is a sentence of an article."
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
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
    return top


def _command(commands: Commands, name: str, summary: str, example: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary, epilog=f"example: {example}")
    parser.add_argument(
        "--index",
        "--store",
        metavar="PLACE",
        help="index folder, or milvus://HOST:PORT/COLLECTION (default: $HOIDAP_INDEX or ./.hoidap)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=name)
    return parser


def _add_index(commands: Commands) -> None:
    parser = _command(
        commands, "index", "bring the index to exactly what the paths hold", "hoidap index articles/"
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
    parser = _command(commands, "ask", "answer a question", 'hoidap ask "thu ngân sách 2020 là bao nhiêu"')
    parser.add_argument("question")
    parser.add_argument(
        "--history", action="append", default=[], metavar="QUESTION", help="an earlier question, oldest first"
    )
    _add_reader(parser)
    _add_reranker(parser)
    _add_filters(parser)


def _add_search(commands: Commands) -> None:
    parser = _command(commands, "search", "list the best passages", 'hoidap search "thu ngân sách" -k 3')
    parser.add_argument("query")
    parser.add_argument("-k", type=int, default=5, help="how many passages (default: 5)")
    _add_reranker(parser)
    _add_filters(parser)


def _add_figures(commands: Commands) -> None:
    example = 'hoidap figures "thu ngân sách" --place "An Bình"'
    parser = _command(commands, "figures", "list the figures of an indicator", example)
    parser.add_argument("indicator", nargs="?", default="", help="what was measured (none: every figure)")
    parser.add_argument("--place", default="", help='the place: "An Bình", "huyện An Bình"')
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


def _add_reranker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reranker",
        metavar="MODEL",
        help="what orders the best passages anew: bundled (as the reader would answer from them), or name or folder "
        "of a cross-encoder (default: none)",
    )


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", help="only articles whose source holds this")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="only articles of this day or later")
    parser.add_argument(
        "--until", type=_day, metavar="YYYY-MM-DD", help="only articles of this day or earlier"
    )


def _add_serve(commands: Commands) -> None:
    parser = _command(commands, "serve", "start the browser chat", "hoidap serve --port 7860")
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
    _add_reranker(parser)


def _add_feedback(commands: Commands) -> None:
    parser = _command(
        commands, "feedback", "what readers said of answers", "hoidap feedback --save judged.jsonl"
    )
    parser.add_argument(
        "--save", type=Path, metavar="FILE", help="save what was judged right as a question set"
    )


def _add_status(commands: Commands) -> None:
    _command(commands, "status", "what the index holds, and the files it does not", "hoidap status")


def _add_rollback(commands: Commands) -> None:
    _command(commands, "rollback", "publish the generation before the current one", "hoidap rollback")


def _add_doctor(commands: Commands) -> None:
    _command(commands, "doctor", "check that the index is whole", "hoidap doctor")


def _add_eval(commands: Commands) -> None:
    parser = _command(
        commands, "eval", "score a question set", "hoidap eval questions.jsonl --articles articles/"
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
    _add_reranker(parser)


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
