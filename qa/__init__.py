"""Question in, cited answer out."""

from __future__ import annotations

from qa.answer import Assistant, ask, retrieve
from qa.types import Answer, Citation, Hit

__all__ = ["Answer", "Assistant", "Citation", "Hit", "ask", "retrieve"]
