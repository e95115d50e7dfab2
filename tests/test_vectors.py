import numpy as np
import pytest

from index.errors import IndexDamaged, InputError
from index.vectors import KINDS, VectorFile, checked_kind, write_vectors

COUNT, DIM = 3000, 32
NOTHING = np.zeros(COUNT, np.bool_)


@pytest.fixture(scope="module")
def rows():
    drawn = np.random.default_rng(7).normal(size=(COUNT, DIM)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture(scope="module", params=KINDS)
def vectors(rows, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp(request.param)
    assert write_vectors(folder, np.array_split(rows, 7), DIM, request.param) == request.param
    return VectorFile(folder, COUNT, DIM, request.param)


def test_the_scores_are_what_a_numpy_dot_product_says(rows, vectors):
    places, scores = vectors.search(rows[3], 10)
    assert places[0] == 3
    assert np.allclose(scores, rows[places] @ rows[3], atol=1e-6)
    assert (np.diff(scores) <= 0).all()


def test_exact_kinds_find_what_a_numpy_dot_product_finds(rows, vectors):
    expected = np.argsort(-(rows @ rows[3]))[:10].tolist()
    found = vectors.search(rows[3], 10)[0].tolist()
    assert found == expected if vectors.kind in ("flat", "sq8") else len({*found} & {*expected}) >= 3


def test_k_is_clamped_so_that_no_row_is_invented(rows, vectors):
    found = vectors.search(rows[0], 2 * COUNT)[0].tolist()
    assert len(found) == len({*found})
    assert {*found} <= {*range(COUNT)}
    assert vectors.kind == "ivf" or len(found) == COUNT


def test_few_allowed_rows_are_all_compared(rows, vectors):
    mask = NOTHING.copy()
    mask[[4, 9, 2999]] = True
    places, scores = vectors.search(rows[9], 10, mask)
    assert sorted(places.tolist()) == [4, 9, 2999]
    assert scores[0] == pytest.approx(1.0)
    assert vectors.search(rows[9], 10, NOTHING)[0].tolist() == []


def test_many_allowed_rows_are_searched_and_no_other_found(rows, vectors):
    mask = ~NOTHING
    mask[::7] = False
    places, _ = vectors.search(rows[8], 50, mask)
    assert places[0] == 8
    assert len(places) == 50
    assert not set(places.tolist()) & set(range(0, COUNT, 7))


def test_rows_are_exact_whatever_searches_them(rows, vectors):
    assert np.array_equal(vectors.rows([5, 2]), rows[[5, 2]])
    assert vectors.rows([]).shape == (0, DIM)
    assert vectors.cosines(rows[1], np.array([1]))[0] == pytest.approx(1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_rows_give_the_same_files(rows, tmp_path, kind):
    written = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_vectors(tmp_path / name, [rows], DIM, kind)
        written.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert written[0] == written[1]


def test_equal_rows_rank_by_position(tmp_path):
    same = np.ones((100, 4), np.float32) / 2
    write_vectors(tmp_path, [same], 4)
    assert VectorFile(tmp_path, 100, 4, "flat").search(same[0], 3)[0].tolist() == [0, 1, 2]


def test_an_empty_segment_finds_nothing(tmp_path):
    assert write_vectors(tmp_path, [], 4, "ivf") == "flat"
    assert VectorFile(tmp_path, 0, 4, "flat").search(np.ones(4, np.float32), 3)[0].tolist() == []


def test_a_damaged_file_is_named(rows, tmp_path):
    write_vectors(tmp_path, [rows], DIM, "sq8")
    (tmp_path / "search.faiss").write_bytes(b"not an index")
    with pytest.raises(IndexDamaged, match=r"search\.faiss.*hoidap rollback"):
        VectorFile(tmp_path, COUNT, DIM, "sq8")
    with pytest.raises(IndexDamaged, match=r"vectors\.f32: 3000 passages, 3001 expected"):
        VectorFile(tmp_path, COUNT + 1, DIM, "flat")


def test_an_unknown_kind_is_refused_with_those_there_are():
    assert checked_kind("rabitq") == "rabitq"
    with pytest.raises(InputError, match="'tree'; one of: auto, flat, sq8, rabitq, ivf"):
        checked_kind("tree")
