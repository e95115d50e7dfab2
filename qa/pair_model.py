"""A model of the transformers library that reads a question together with a passage: found, loaded, tried, run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from index.encode import find_model, first_line, load_quietly
from index.errors import ModelError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairModel(ABC):
    """A tokenizer and a model; a subclass says which head the model must have and what its numbers mean.

    Attributes:
        HEAD: the class of the transformers library that loads it.
        KIND: what the model must be, for messages.
        REMEDY: what to choose instead of one that is not.
        MOST_TOKENS: the longest pair that is read at once.
    """

    HEAD: ClassVar[str]
    KIND: ClassVar[str]
    REMEDY: ClassVar[str]
    MOST_TOKENS: ClassVar[int]

    tokenizer: Any
    model: Any

    @classmethod
    def open(cls, model: str | Path) -> tuple[Self, str]:
        """Load a model and have it read a line: whatever is wrong with it shows here, not at the first question.

        Args:
            model: a folder, or a name on the Hugging Face hub, which is fetched once.

        Returns:
            The model, and what a person calls it.

        Raises:
            ModelError: the model is not there, cannot be loaded, or is not of the kind needed.
        """
        folder, name = find_model(model, lambda name: cls._load(name, local=False))
        network = cls._load(str(folder), local=True)
        network._check(name)
        return network, name

    @classmethod
    def _load(cls, path: str, *, local: bool) -> Self:
        """Load a folder or a name on the hub; nothing is fetched when ``local``."""

        def load() -> tuple[Any, Any, set[str]]:
            import transformers

            options = {"local_files_only": local, "trust_remote_code": False}
            model, info = getattr(transformers, cls.HEAD).from_pretrained(
                path, output_loading_info=True, **options
            )
            tokenizer = transformers.AutoTokenizer.from_pretrained(path, **options)
            return (
                tokenizer,
                model.float().eval(),
                set(info["missing_keys"]),
            )  # halves are too coarse to rank by

        tokenizer, model, missing = load_quietly(path, load)
        if missing:
            raise ModelError(
                f"the model in {path} is not {cls.KIND}: {min(missing)} is missing; choose {cls.REMEDY}"
            )
        return cls(tokenizer, model)

    def _check(self, name: str) -> None:
        try:
            numbers = self.numbers("Ai?", "Một câu thử.")
        except (ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
            raise ModelError(
                f"the model {name} cannot read a question with its passage ({first_line(error)}); "
                f"choose {self.REMEDY}"
            ) from error
        if not np.isfinite(numbers).all():
            raise ModelError(
                f"the model {name} returns no finite numbers; its files may be damaged: fetch it again"
            )

    @abstractmethod
    def numbers(self, question: str, text: str) -> FloatArray:
        """All that the model says of a question and a text; ValueError when it is not of the kind needed."""

    @property
    def length(self) -> int:
        """Tokens of a pair, question and all."""
        places = getattr(self.model.config, "max_position_embeddings", None) or 0
        own = places - 2 if places > 0 else self.MOST_TOKENS  # RoBERTa's family keeps two places for itself
        return min(self.MOST_TOKENS, int(self.tokenizer.model_max_length), own)

    def run(self, encoded: Mapping[str, Sequence[Sequence[int]]]) -> Any:  # noqa: ANN401 - a library's type
        """What the model makes of pairs of one length, as its tokenizer encoded them."""
        import torch

        names = [name for name in self.tokenizer.model_input_names if name in encoded]
        with torch.inference_mode():
            return self.model(**{name: torch.tensor(encoded[name]) for name in names})
