"""The documents say what is there: commands, targets, options, files, modules."""

import argparse
import ast
import itertools
import re
import shlex

import pytest
from conftest import ROOT

from qa.options import parser as options

READMES = ["README.md", "README.vi.md"]
PAGES = [*READMES, *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
FILE = re.compile(
    r"(?<![\w/.-])(?:(?:docs|seeds|tests|benchmarks|qa|index)/[\w./-]*\w|[A-Z]\w+(?:\.\w+)?\.md|\w+\.toml)"
)


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def commands():
    (action,) = (one for one in options()._actions if isinstance(one, argparse._SubParsersAction))
    return action.choices


def shown_commands(name):
    """The ``hoidap ...`` lines of a page's shell examples, without their comments."""
    blocks = [body for language, body in FENCE.findall(page(name)) if language == "sh"]
    lines = [line.partition("  #")[0] for body in blocks for line in body.splitlines()]
    return [line for line in lines if line.startswith("hoidap ")]


def targets():
    (line,) = re.findall(r"^\.PHONY: (.*)$", page("Makefile"), re.MULTILINE)
    return line.split()


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_make_target_is_in_the_readme(name):
    text = page(name)
    assert [command for command in commands() if f"hoidap {command}" not in text] == []
    assert [target for target in targets() if not re.search(rf"\bmake {target}\b", text)] == []


@pytest.mark.parametrize("name", READMES)
def test_every_option_is_in_the_readme(name):
    options = {
        text for one in commands().values() for action in one._actions for text in action.option_strings
    }
    unnamed = {"-h", "-v"}  # the short forms of --help and --verbose
    text = page(name)
    assert {
        option for option in options - unnamed if not re.search(rf"(?<![\w-]){option}(?![\w-])", text)
    } == set()


@pytest.mark.parametrize("command", sorted(commands()))
def test_the_help_of_a_command_ends_with_an_example_that_parses(command):
    parser = commands()[command]
    last = parser.format_help().replace("\n", " ").rpartition("example: ")[2].strip()
    assert last.startswith(f"hoidap {command}")
    assert options().parse_args(shlex.split(last)[1:]).command
    assert all(action.help for action in parser._actions if action.option_strings)


@pytest.mark.parametrize("name", PAGES)
def test_every_command_shown_parses(name):
    for line in shown_commands(name):
        assert options().parse_args(shlex.split(line)[1:]).command, line


def test_the_readmes_show_the_same_commands():
    english, vietnamese = map(shown_commands, READMES)
    assert english == vietnamese
    assert len(english) > 10


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_is_named_exists(name):
    text = page(name)
    folder = (ROOT / name).parent
    assert [link for link in LINK.findall(text) if not (folder / link).exists()] == []
    plain = LINK.sub("", text)
    assert [
        path for path in FILE.findall(plain) if not (ROOT / path).exists() and path not in NOT_THERE
    ] == []


NOT_THERE = {"qa/generate.py"}
"""Named in docs/architecture.md as left out of the design."""


@pytest.mark.parametrize("name", READMES)
def test_python_examples_import_names_that_exist(name):
    for language, body in FENCE.findall(page(name)):
        if language != "python":
            continue
        for node in ast.walk(ast.parse(body)):
            if isinstance(node, ast.ImportFrom) and node.module in ("index", "qa"):
                module = __import__(node.module)
                assert {alias.name for alias in node.names} <= set(module.__all__)


@pytest.mark.parametrize("name", READMES)
def test_every_variable_of_the_environment_is_in_the_readme(name):
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("qa", "index")
        for path in (ROOT / folder).rglob("*.py")
    ]
    variables = {name for source in sources for name in re.findall(r"HOIDAP_[A-Z_]*[A-Z]", source)}
    assert {variable for variable in variables if f"`{variable}`" not in page(name)} == set()
    assert {"HOIDAP_INDEX", "HOIDAP_CACHE", "HOIDAP_VERIFY"} <= variables


def test_every_format_that_is_read_is_in_the_readme():
    from index.articles import _READERS

    assert [suffix for suffix in _READERS if f"`{suffix}`" not in page("README.md")] == []


def test_every_module_is_in_the_architecture():
    text = page("docs/architecture.md")
    modules = [path.name for folder in ("qa", "index") for path in sorted((ROOT / folder).rglob("*.py"))]
    assert [name for name in modules if f"`{name}`" not in text and name != "__init__.py"] == []


def test_every_dependency_is_in_the_list():
    import tomllib

    project = tomllib.loads(page("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = [re.match(r"[\w-]+", line).group() for line in wanted]
    assert [name for name in names if f"`{name}`" not in page("docs/dependencies.md")] == []
