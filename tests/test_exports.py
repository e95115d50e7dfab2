"""The public interface: names and signatures that scripts rely on."""

import inspect
from dataclasses import fields, is_dataclass

import pytest

import index
import index.encode
import index.types
import qa
import qa.types
from index import build_index
from index.bundled import bundled_model_folder
from index.encode import Encoder, load_encoder
from qa import Assistant

KEYWORD = inspect.Parameter.KEYWORD_ONLY
EITHER = inspect.Parameter.POSITIONAL_OR_KEYWORD
NONE_GIVEN = inspect.Parameter.empty
FILTERS = [("source", KEYWORD, None), ("since", KEYWORD, None), ("until", KEYWORD, None)]


def parameters(function):
    found = inspect.signature(function).parameters.values()
    return [(one.name, one.kind, one.default) for one in found if one.name != "self"]


@pytest.mark.parametrize(
    ("package", "names"),
    [
        (qa, ["Answer", "Assistant", "Citation", "Hit", "ask", "retrieve"]),
        (index, ["Article", "BuildReport", "HoidapError", "Passage", "build_index"]),
    ],
)
def test_a_package_exports_what_is_documented(package, names):
    assert sorted(package.__all__) == names
    assert all(getattr(package, name).__doc__ for name in names)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (
            build_index,
            [("paths", EITHER, NONE_GIVEN), ("index_dir", EITHER, None),
             ("model", KEYWORD, None), ("vectors", KEYWORD, None), ("progress", KEYWORD, None),
             ("vector_index", KEYWORD, None)],
        ),
        (Assistant.open, [("index_dir", EITHER, None)]),
        (Assistant.ask, [("question", EITHER, NONE_GIVEN), ("history", EITHER, ()), *FILTERS]),
        (Assistant.retrieve, [("query", EITHER, NONE_GIVEN), ("k", EITHER, 5), *FILTERS]),
        (qa.ask, [("question", EITHER, NONE_GIVEN), ("history", EITHER, ())]),
        (qa.retrieve, [("query", EITHER, NONE_GIVEN), ("k", EITHER, 5)]),
        (load_encoder, [("model", EITHER, None)]),
        (bundled_model_folder, []),
        (Encoder.encode_query, [("text", EITHER, NONE_GIVEN)]),
    ],
)  # fmt: skip
def test_signatures(function, expected):
    assert parameters(function)[: len(expected)] == expected
    assert all(default is not NONE_GIVEN for _, _, default in parameters(function)[len(expected) :])


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (index.Article, "article_id path title source url published text"),
        (index.Passage, "passage_id article_id start end text"),
        (qa.Hit, "passage article score rank"),
        (qa.Citation, "number passage_id article_id path title source url published quote start end"),
        (qa.Answer, "question text short answered confidence citations hits"),
    ],
)
def test_the_types_have_the_documented_fields_in_order(kind, names):
    wanted = names.split()
    assert [field.name for field in fields(kind)][: len(wanted)] == wanted


@pytest.mark.parametrize("module", [index.types, qa.types])
def test_types_are_frozen_and_slotted(module):
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and is_dataclass(kind)]
    assert kinds
    assert all(kind.__dataclass_params__.frozen and "__slots__" in vars(kind) for kind in kinds)
