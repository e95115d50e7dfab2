"""Imports go one way, app -> qa -> index, and each outside library has its place."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib.metadata import entry_points

import pytest
from conftest import ROOT

SOURCES = [ROOT / "app.py", *sorted(ROOT.glob("qa/**/*.py")), *sorted(ROOT.glob("index/*.py"))]
MAY_IMPORT = {"index": {"index"}, "qa": {"qa", "index"}, "app": {"app", "qa", "index"}}
MODULE_NAME = re.compile(r"(?:qa|index|app)(?:\.\w+)+")
HOME = {
    "docx": {"index/word.py", "qa/web/export.py"},
    "faiss": "index/vectors.py",
    "gradio": "app.py",
    "grpc": "index/milvus.py",
    "huggingface_hub": "index/encode.py",
    "matplotlib": "qa/draw.py",
    "pandas": "qa/figures.py",
    "onnx": "index/onnx_graph.py",
    "onnxruntime": "index/onnx_model.py",
    "pyarrow": "index/shards.py",
    "pymilvus": "index/milvus.py",
    "pypdfium2": "index/pdf.py",
    "rich": "qa/progress.py",
    "sentence_transformers": "index/encode.py",
    "tantivy": "index/lexical.py",
    "torch": {"index/encode.py", "qa/pair_model.py"},
    "trafilatura": "index/html_page.py",
    "transformers": {"index/encode.py", "qa/pair_model.py"},
    "viparse": "index/legacy.py",
    "yaml": "index/formats.py",
}
"""The file that imports a library. Encoders run in ``index``, which knows no questions, readers and rerankers in ``qa``."""


def imported(tree):
    """Every module a file names in an import statement or loads by a literal name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and MODULE_NAME.fullmatch(str(node.value)):
            yield node.value


def at_the_top(tree):
    """The modules imported when the file itself is imported: what ``if TYPE_CHECKING`` holds is left out."""
    return list(
        imported(
            ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
        )
    )


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def room(name):
    return name.partition(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_arrows_point_from_app_to_qa_to_index(path):
    layer = room(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))
    wrong = {name for name in imported(parsed(path)) if room(name) in MAY_IMPORT} - {
        name for name in imported(parsed(path)) if room(name) in MAY_IMPORT[layer]
    }
    assert wrong == set()


def test_the_walk_sees_every_kind_of_import():
    code = (
        "import qa.web\nfrom index import split\ndef f():\n    import app\nload('qa.cli', 'index.a folder')"
    )
    assert sorted(imported(ast.parse(code))) == ["app", "index", "index.split", "qa.cli", "qa.web"]


@pytest.mark.parametrize("library", sorted(HOME))
def test_each_outside_library_is_imported_where_it_is_at_home(library):
    files = {
        path.relative_to(ROOT).as_posix() for path in SOURCES if library in map(room, imported(parsed(path)))
    }
    assert files == ({HOME[library]} if isinstance(HOME[library], str) else HOME[library])


def test_no_module_imports_itself_by_a_detour():
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in SOURCES}
    graph = {
        name: {other for other in at_the_top(parsed(path)) if other in modules}
        for name, path in modules.items()
    }
    assert set(TopologicalSorter(graph).static_order()) == set(modules)


@pytest.mark.parametrize(
    "code", ["import qa.answer", "import index", "from qa.cli import main; main(['--help'])"]
)
def test_models_and_the_chat_are_not_loaded_before_they_are_needed(code):
    body = f"try:\n    {code}\nexcept SystemExit as end:\n    assert not end.code"
    program = f"import sys\n{body}\nprint(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "index.errors" in loaded
    assert (
        loaded
        & {
            "torch",
            "transformers",
            "sentence_transformers",
            "gradio",
            "matplotlib",
            "pandas",
            "pymilvus",
            "pyarrow",
        }
        == set()
    )


def test_the_command_finds_the_chat_by_its_entry_point():
    (found,) = entry_points(group="hoidap.serve")
    assert (found.name, found.value) == ("gradio", "app:serve")
