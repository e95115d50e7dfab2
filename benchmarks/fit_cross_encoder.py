"""Fit ``qa/cross_encoder.npz``: the additions with which the bundled model reads a question and a sentence together.

    python benchmarks/fit_cross_encoder.py FOLDER... --work DIR [--parts 1234] [--out FILE]

For each question: the sentence that holds the answer and the sentences that the linear reader takes for the best
others, long ones in parts, each behind its article's title and day and what leads to it. Loss: cross-entropy of the
right sentence among them and "none of them" (score 0; the right one for a question that the passages do not answer),
and of the answer's first and last token in the right sentence. A question in eight loses its diacritics, one in five
its capitals or has them elsewhere, a sentence in eight its title and day, one in four what leads to it, and one
question in eight asks for a year or a place that its sentence does not have. What is written is the exponential
moving average of all steps (Polyak and Juditsky 1992). ``--real`` adds questions over real articles; with ``--hard``
the sentences without the answer that go with these are mostly those that the additions of the beginning take for one.
On two cores an epoch of 2,400 questions takes about five minutes. ``--go-on`` starts from the shipped additions
instead of from none; ``--mean`` then writes the mean of both (Wortsman et al. 2022, model soups).
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from cases import Case, add_real, load_asked, load_cases
from torch import nn
from torch.nn.functional import cross_entropy, linear
from torch.optim.swa_utils import get_ema_multi_avg_fn
from transformers import AutoTokenizer, BertModel

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.bundled import bundled_model_folder
from index.vietnamese import UPPER, fold, normal_tone
from qa.cross_encoder import LINEARS, MOST_TOKENS, SCALE, shipped
from qa.cross_texts import in_context, leading, windows
from qa.question import Question, understand
from qa.read import dot, weights
from qa.surroundings import Reading

LAYERS, UNTOUCHED, RANK = 12, 2, 32
"""Layers of the model that are kept, the first of them that stay as they are, and the rank of the additions."""
BATCH, RATE, FRESH, WARM_UP = 8, 6e-4, 1.6, 40
"""Questions a step, the highest rate, how much higher that of additions is that start from nothing, steps until it is reached."""
HALF, TILE = torch.bfloat16, 16
"""What passes are calculated in; tokens of a batch are filled up to a multiple of this, which processors multiply at once."""
DROPOUT, DECAY = 0.1, 0.998
"""Share of the outputs of the fitted layers that a step leaves out; what each step leaves of the average before it."""
OTHERS = 3
"""Sentences without the answer beside the right one: two of the best and one of the rest."""
BEST, HARDEST, WEIGHED = 6, 4, 10
"""The best are so many as the linear reader ranks them, so many of those weighed as the network ranks them (``--hard``)."""
ASTRAY = 0.12
"""Share of the answered questions that are asked of another year or place, and so have no answer."""
OUT = Path(__file__).parents[1] / "qa" / "cross_encoder.npz"


Sentence = tuple[str, str, str, date | None]
"""Title of its article, what leads to it, its words, the day of its article."""


@dataclass
class Lesson:
    """A question with the sentences that answer it, each with where the answer stands, and others, best first."""

    question: str
    gold: list[tuple[Sentence, tuple[int, int]]]
    others: list[Sentence]
    best: int = BEST
    """How many of the others count as the best."""


class Addition(nn.Module):
    """A linear layer that stays as it is, and a low-rank one beside it that is fitted.

    Both are put into one matrix before a pass: on processors that multiply bfloat16 in tiles that is twice as fast as two.
    """

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.merged = base.weight.detach()
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def merge(self) -> None:
        """Make the matrix of the next passes; it holds until the additions change."""
        self.merged = (self.base.weight + SCALE * (self.b @ self.a)).to(HALF)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return linear(x, self.merged, self.base.bias.to(HALF))


class Network(nn.Module):
    """The bundled model with additions and two heads; it calculates in bfloat16, additions and heads stay float32."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(bundled_model_folder())
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.body = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        self.body.encoder.layer = self.body.encoder.layer[:LAYERS]
        for parameter in self.body.parameters():
            parameter.requires_grad = False
        for layer in self.body.encoder.layer[UNTOUCHED:]:
            for name in LINEARS:
                parent, _, last = name.rpartition(".")
                room = layer.get_submodule(parent)
                setattr(room, last, Addition(getattr(room, last)))
        self.additions = [one for one in self.body.modules() if isinstance(one, Addition)]
        precise = {id(parameter) for one in self.additions for parameter in one.parameters()}
        for parameter in self.body.parameters():
            if id(parameter) not in precise:
                parameter.data = parameter.data.to(HALF)
        self.span = nn.Linear(self.body.config.hidden_size, 2)
        self.rel = nn.Linear(self.body.config.hidden_size, 1)
        self.begun: set[str] = set()

    def fitted(self) -> list[nn.Parameter]:
        """The additions and the heads; the bundled model stays as it is."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def drop(self, share: float) -> None:
        """Leave out a share of what the fitted layers put out; 0 for none."""
        for layer in self.body.encoder.layer[UNTOUCHED:]:
            for place in (layer.attention.output.dropout, layer.output.dropout):
                place.p = share
                place.train(share > 0)

    def tokens(self, pairs: Sequence[tuple[str, str]]) -> dict:
        questions, sentences = ([normal_tone(pair[side]) for pair in pairs] for side in (0, 1))
        return self.tokenizer(
            questions,
            sentences,
            truncation="only_second",
            max_length=MOST_TOKENS,
            return_offsets_mapping=True,
        )

    def forward(self, ids: Sequence[list[int]]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """For each pair its relevance and its ``(tokens, 2)`` starts and ends; pairs of like length go together."""
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        found: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        for addition in self.additions:
            addition.merge()
        for at in range(0, len(order), BATCH):
            places = order[at : at + BATCH]
            longest = -(-max(len(ids[place]) for place in places) // TILE) * TILE
            padded = torch.tensor([ids[place] + [1] * (longest - len(ids[place])) for place in places])
            states = self.body(
                input_ids=padded, attention_mask=(padded != 1).long()
            ).last_hidden_state.float()
            for place, state in zip(places, states, strict=True):
                found[place] = (self.rel(state[0])[0], self.span(state[: len(ids[place])]))
        return [found[place] for place in range(len(ids))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--work", type=Path, required=True, help="the index and its vectors are kept here")
    parser.add_argument("--parts", default="1234", help="the parts of the passages to fit on")
    add_real(parser, "with where the answer stands")
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate")
    parser.add_argument("--go-on", action="store_true", help="start from the shipped additions")
    parser.add_argument(
        "--mean", action="store_true", help="write the mean of what was started from and what was reached"
    )
    parser.add_argument(
        "--hard",
        action="store_true",
        help="read real questions with what the shipped additions take for answers",
    )
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    cases = [case for case in load_cases(options.folders, options.work) if str(case.part) in options.parts]
    cases += [case for index, questions in options.real for case in load_asked(index, questions)]
    known = [(one, case) for case in cases for one in [lesson(case)] if one.gold or one.others]
    network = Network()
    if options.go_on:
        load(network)
    if options.hard:
        harden(network, [one for one, case in known if case.row is not None])
    start = [parameter.detach().clone() for parameter in network.fitted()]
    fit(network, [one for one, _ in known], options.epochs, options.rate)
    if options.mean:
        for parameter, value in zip(network.fitted(), start, strict=True):
            parameter.data = (parameter.data + value) / 2
    save(network, options.out)


def lesson(case: Case) -> Lesson:
    rank = weights()[case.group]["rank"]
    question = understand(case.question)
    gold: dict[str, tuple[Sentence, tuple[int, int]]] = {}
    others: dict[str, tuple[Reading, int]] = {}
    for one in sorted(case.scored, key=lambda one: -dot(rank, one.features)):
        reading = one.reading
        span = _answer_in(case, reading.text)
        if span is None and case.row and case.answer and case.answer in reading.text:
            continue  # real articles tell things twice
        for start, end in windows(reading.text):
            text = reading.text[start:end]
            if span is None:
                others.setdefault(text, (reading, start))
            elif start <= span[0] < end and reading.hit.article.title == case.title and text not in gold:
                gold[text] = (
                    _sentence(question, reading, start, text),
                    (span[0] - start, min(span[1], end) - start),
                )
    if case.answer and case.sentence and not gold:
        at = case.sentence.find(case.answer)
        gold[case.sentence] = ((case.title, "", case.sentence, None), (at, at + len(case.answer)))
    known = [
        _sentence(question, reading, start, text) for text, (reading, start) in islice(others.items(), 14)
    ]
    return Lesson(case.question, list(gold.values()), known)


def _sentence(question: Question, reading: Reading, start: int, text: str) -> Sentence:
    article = reading.hit.article
    return article.title, leading(question, reading, start), text, article.published


def _answer_in(case: Case, text: str) -> tuple[int, int] | None:
    if not case.answer or not case.sentence or not (case.sentence in text or text in case.sentence):
        return None
    at = text.find(case.answer)
    return (at, at + len(case.answer)) if at >= 0 else None


def load(network: Network) -> None:
    """Put the shipped additions into the network; where they are of a lower rank, the rest stays as it begins."""
    parameters = _named(network)
    for name, value in shipped().items():
        network.begun.add(name)
        room = parameters[name].data[tuple(slice(0, size) for size in value.shape)]
        room.copy_(torch.from_numpy(value))


def _named(network: Network) -> dict[str, nn.Parameter]:
    return {name.removeprefix("body.encoder."): value for name, value in network.named_parameters()}


def fit(network: Network, lessons: Sequence[Lesson], epochs: float, rate: float) -> None:
    torch.manual_seed(0)
    random.seed(0)
    network.drop(DROPOUT)
    fitted = network.fitted()
    average, add = [parameter.detach().clone() for parameter in fitted], get_ema_multi_avg_fn(DECAY)
    steps = int(epochs * len(lessons) / BATCH)
    groups: tuple[list[nn.Parameter], list[nn.Parameter]] = [], []
    for name, parameter in _named(network).items():
        if parameter.requires_grad:
            groups[name in network.begun].append(parameter)
    optimiser = torch.optim.AdamW(
        [{"params": groups[0], "lr": rate * FRESH}, {"params": groups[1]}], lr=rate, weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    waiting: list[Lesson] = []
    for step in range(steps):
        if len(waiting) < BATCH:
            waiting = random.sample(lessons, len(lessons))
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        value = loss(network, batch)
        optimiser.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(fitted, 1.0)
        optimiser.step()
        schedule.step()
        add(average, fitted, step)
        if step % 50 == 49:
            print(f"{step + 1} of {steps}: loss {value.item():.3f}", flush=True)
    network.drop(0.0)
    for parameter, value in zip(fitted, average, strict=True):
        parameter.data = value


def loss(network: Network, batch: Sequence[Lesson]) -> torch.Tensor:
    pairs, owners = [], []
    for one in batch:
        question = retyped(one.question)
        gold = random.choice(one.gold) if one.gold else None
        texts, span = [], None
        if gold:
            sentence, (start, end) = gold
            text, skip = _surrounded(*sentence)
            texts, span = [text], (start + skip, end + skip)
            other = astray(question, in_context(*sentence)[0]) if random.random() < ASTRAY else None
            question, span = (other, None) if other else (question, span)
        texts += [_surrounded(*other)[0] for other in beside(one)]
        owners.append((len(pairs), len(pairs) + len(texts), span))
        pairs += [(question, text) for text in texts]
    tokens = network.tokens(pairs)
    judged = network(tokens["input_ids"])
    total = torch.zeros(())
    for low, high, span in owners:
        scores = torch.stack([torch.zeros(()), *(judged[place][0] for place in range(low, high))])
        total = total + cross_entropy(scores[None], torch.tensor([1 if span else 0]))
        if span:
            total = total + span_loss(judged[low][1], tokens, low, span)
    return total / len(batch)


def beside(one: Lesson) -> list[Sentence]:
    """The sentences without the answer that a question is read with: ``OTHERS``, one more when none has the answer."""
    near, far = one.others[: one.best], one.others[one.best :]
    if one.gold:
        return random.sample(near, min(2, len(near))) + random.sample(far or near, min(1, len(far or near)))
    if one.best == BEST:
        return one.others[: OTHERS + 1]
    return near[:2] + random.sample(one.others[2:], min(OTHERS - 1, len(one.others[2:])))


def harden(network: Network, lessons: Sequence[Lesson]) -> None:
    """Put the first ``WEIGHED`` other sentences of each lesson in the order in which the network takes them for an answer."""
    for one in lessons:
        known = one.others[:WEIGHED]
        if known:
            tokens = network.tokens([(one.question, in_context(*other)[0]) for other in known])
            with torch.no_grad():
                scores = [relevance.item() for relevance, _ in network(tokens["input_ids"])]
            order = sorted(range(len(known)), key=lambda place: -scores[place])
            one.others, one.best = [known[place] for place in order], HARDEST


def retyped(question: str) -> str:
    """The question as others would type it: sometimes without diacritics, without capitals, or with capitals elsewhere."""
    chance = random.random()
    if chance < 0.125:
        return fold(question)
    if chance < 0.2:
        return question.lower()
    if chance < 0.35:
        words = question.split(" ")
        return " ".join(_other_capital(word) if random.random() < 0.25 else word for word in words)
    return question


def _other_capital(word: str) -> str:
    """A word with a capital without it, and the other way round; words in capitals stay.

    >>> [_other_capital(word) for word in ("Ban", "chấp", "UBND")]
    ['ban', 'Chấp', 'UBND']
    """
    return word if word[1:] != word[1:].lower() else word[:1].swapcase() + word[1:]


def astray(question: str, text: str) -> str | None:
    """The question with one year or name of the text changed, so that the text no longer answers it; None without any.

    >>> random.seed(0)
    >>> astray("Năm 2018 xã thu bao nhiêu?", "Năm 2018, xã thu 3 tỷ đồng.") != "Năm 2018 xã thu bao nhiêu?"
    True
    """
    years = [year for year in re.findall(r"\b(?:19|20)\d\d\b", question) if year in text]
    names = [name for name in _NAME.findall(question) if name in text]
    if years and random.random() < 0.7:
        year = random.choice(years)
        other = str(int(year) + random.choice((-3, -2, -1, 1, 2, 3)))
        return None if other in text else question.replace(year, other)
    if names:
        name = random.choice(names)
        other = " ".join(random.choice(_SYLLABLES) for _ in name.split())
        return question.replace(name, other)
    return None


_NAME = re.compile(rf"(?<=[a-zà-ỹđ,] )[{UPPER}]\w*(?: [{UPPER}]\w*)+")
_SYLLABLES = "An Bình Cẩm Châu Đông Giang Hà Hải Hòa Khê Lạc Lộc Minh Nam Phú Quang Sơn Tân Thạnh Vĩnh Xuân Yên".split()
"""Of these, names are made that no passage has."""


def _surrounded(title: str, before: str, sentence: str, published: date | None) -> tuple[str, int]:
    """The sentence in context; one time in eight without title and day, in ten without the day, in four without its lead."""
    titled, led, dated = random.random() >= 0.125, random.random() >= 0.25, random.random() >= 0.1
    return in_context(
        title if titled else "", before if led else "", sentence, published if titled and dated else None
    )


def span_loss(logits: torch.Tensor, tokens: dict, row: int, span: tuple[int, int]) -> torch.Tensor:
    parts, offsets = tokens.sequence_ids(row), tokens["offset_mapping"][row]
    inside = [
        place
        for place, (part, (start, end)) in enumerate(zip(parts, offsets, strict=True))
        if part == 1 and end > span[0] and start < span[1] and end > start
    ]
    if not inside:
        return torch.zeros(())
    outside = torch.tensor([part != 1 for part in parts])
    masked = logits.masked_fill(outside[:, None], -1e4)
    ends = torch.tensor([inside[0], inside[-1]])
    return 0.5 * cross_entropy(masked.T, ends, reduction="sum")


def save(network: Network, out: Path) -> None:
    arrays = {
        name.removeprefix("body.encoder."): value.detach().numpy().astype(np.float16)
        for name, value in network.named_parameters()
        if value.requires_grad
    }
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    main()
