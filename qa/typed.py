"""What was typed, before anything is made of it: which questions are taken, and how much of a conversation is read."""

from __future__ import annotations

from collections.abc import Sequence

from index.errors import InputError
from index.vietnamese import to_nfc
from qa.followup import Turn, asked_in

MOST_CHARACTERS = 2000
"""A longer question is refused: nobody types one, and reading it takes long."""
MOST_TURNS = 50
"""Turns of a conversation that a follow-up may lean on: a script may send any number, and each of them costs time."""


def checked(question: str) -> str:
    """The question without half characters.

    Raises:
        InputError: it is empty or longer than ``MOST_CHARACTERS``.
    """
    question = question.encode("utf-8", "ignore").decode()  # half a pair of surrogates is no character
    if not question.strip():
        raise InputError("câu hỏi trống: hãy gõ điều bạn muốn biết")
    if len(question) > MOST_CHARACTERS:
        raise InputError(f"câu hỏi dài {len(question)} ký tự, nhiều nhất là {MOST_CHARACTERS}: hãy rút gọn")
    return question


def latest(history: Sequence[Turn]) -> list[str]:
    """The questions of the latest turns in NFC, none longer than a question may be."""
    return [to_nfc(asked_in(turn)[:MOST_CHARACTERS]) for turn in history[-MOST_TURNS:]]
