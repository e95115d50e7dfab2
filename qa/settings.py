"""The settings of the browser app: command line before environment before default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import InputError

_YES = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How the app is served.

    Attributes:
        host: the address to listen at; ``HOIDAP_HOST``.
        port: the port, 0 to 65535; ``HOIDAP_PORT``.
        reader: name or folder of a question-answering model, "" for the built-in reader; ``HOIDAP_READER``.
        reranker: "bundled", name or folder of a cross-encoder, "" for none; ``HOIDAP_RERANKER``.
        read_only: articles can be neither added nor removed; ``HOIDAP_READ_ONLY``.
        auth: "USER:PASSWORD" asked of everyone, "" for nobody; ``HOIDAP_AUTH``.
        uploads: the folder of added articles, "" for ``articles`` in the index folder; ``HOIDAP_UPLOADS``.
        mcp: offer ask, retrieve and figures to agents (Model Context Protocol); ``HOIDAP_MCP``.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    reader: str = ""
    reranker: str = ""
    read_only: bool = False
    auth: str = ""
    uploads: str = ""
    mcp: bool = False

    def credentials(self) -> tuple[str, str] | None:
        """User and password; None when none are asked for.

        Raises:
            InputError: there is no colon, no user or no password.
        """
        if not self.auth:
            return None
        user, colon, password = self.auth.partition(":")
        if not (user and colon and password):
            raise InputError("--auth and HOIDAP_AUTH are written USER:PASSWORD")
        return user, password

    def folder(self) -> Path | None:
        """Where added articles are kept; None for the index folder."""
        return Path(self.uploads) if self.uploads else None

    def lines(self) -> list[str]:
        """The settings for people; the password is not shown."""
        auth = f"{self.auth.partition(':')[0]}:***" if self.auth else "none"
        return [
            f"chat: {self.host}:{self.port}, reader {self.reader or 'built-in'}, "
            f"reranker {self.reranker or 'none'}, auth {auth}, "
            f"{'read-only' if self.read_only else 'articles may be added'}, MCP {'on' if self.mcp else 'off'}",
            f"added articles: {self.uploads or 'in the index folder'}",
        ]


def settings(
    given: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings by what was given, the environment, and the defaults.

    Args:
        given: by field; None, "" and False count as not given.
        environment: None for that of the process.

    Raises:
        InputError: ``HOIDAP_PORT`` is no port.

    Examples:
        >>> settings({"port": None, "host": "0.0.0.0"}, {"HOIDAP_PORT": "8000", "HOIDAP_MCP": "1"})
        Settings(host='0.0.0.0', port=8000, reader='', reranker='', read_only=False, auth='', uploads='', mcp=True)
    """
    found = os.environ if environment is None else environment
    told = {
        "host": found.get("HOIDAP_HOST", ""),
        "port": _port(found.get("HOIDAP_PORT", "")),
        "reader": found.get("HOIDAP_READER", ""),
        "reranker": found.get("HOIDAP_RERANKER", ""),
        "read_only": found.get("HOIDAP_READ_ONLY", "").lower() in _YES,
        "auth": found.get("HOIDAP_AUTH", ""),
        "uploads": found.get("HOIDAP_UPLOADS", ""),
        "mcp": found.get("HOIDAP_MCP", "").lower() in _YES,
    }
    said = {
        name: value for name, value in (given or {}).items() if value not in (None, "") and value is not False
    }
    return Settings(**{name: value for name, value in (told | said).items() if value or name in said})  # type: ignore[arg-type]


def _port(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or int(text) > 65535:
        raise InputError(f"HOIDAP_PORT is {text!r}; it is a number from 0 to 65535")
    return int(text)
