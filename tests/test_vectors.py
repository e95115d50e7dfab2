import numpy as np
import pytest

from index.errors import IndexDamaged
from index.vectors import Vectors, write_vectors


@pytest.fixture
def rows():
    drawn = np.random.default_rng(7).normal(size=(50, 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture
def vectors(rows, tmp_path):
    write_vectors(tmp_path / "v.faiss", rows)
    return Vectors(tmp_path / "v.faiss")


def test_search_is_what_a_numpy_dot_product_says(rows, vectors):
    cosines = rows @ rows[3]
    expected = np.argsort(-cosines)[:10]
    found = vectors.search(rows[3], 10)
    assert [row for row, _ in found] == expected.tolist()
    assert np.allclose([score for _, score in found], cosines[expected], atol=1e-6)


def test_k_is_clamped_so_that_no_row_is_invented(rows, vectors):
    found = vectors.search(rows[0], 500)
    assert sorted(row for row, _ in found) == list(range(50))


def test_only_allowed_rows_are_found(rows, vectors):
    assert {row for row, _ in vectors.search(rows[0], 10, [4, 9])} == {4, 9}
    assert vectors.search(rows[0], 10, []) == []


def test_rows_and_cosines(rows, vectors):
    assert np.array_equal(vectors.rows([5, 2]), rows[[5, 2]])
    assert vectors.rows([]).shape == (0, 16)
    assert vectors.cosines(rows[1], [1]) == pytest.approx([1.0])


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "v.faiss").write_bytes(b"not an index")
    with pytest.raises(IndexDamaged, match=r"v\.faiss.*hoidap rollback"):
        Vectors(tmp_path / "v.faiss")
