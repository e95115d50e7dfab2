"""One page of the web as a file: where the network allows it, and only from public addresses."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from index.errors import InputError

_MOST_BYTES = 20 * 2**20
_WAIT = 15.0
_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
}
_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)
_FIRST = re.compile(rb"\s*<!doctype[^>]*>(?:\s*<html[^>]*>)?", re.IGNORECASE)
"""What stands before the head of a page that leaves out its tag."""

Check = Callable[[str], None]


def fetch_page(address: str, check: Check | None = None) -> tuple[bytes, str]:
    """Fetch a page.

    Args:
        address: of the page, http or https.
        check: raises InputError for an address that may not be fetched; it is asked again at each redirect.

    Returns:
        Its bytes, and the suffix of a file of its kind. A web page has its address put in front, for its citation.

    Raises:
        InputError: no web address, not public, not reachable, too large or of another kind.
    """
    ask = check or public
    ask(address)
    try:
        request = Request(address, headers={"User-Agent": "hoidap"})
        with build_opener(_Redirects(ask)).open(request, timeout=_WAIT) as reply:
            data: bytes = reply.read(_MOST_BYTES + 1)
            suffix = _SUFFIXES.get(reply.headers.get_content_type())
    except (OSError, HTTPException, ValueError) as error:
        raise InputError(f"không lấy được {address}: {error}") from error
    if suffix is None or len(data) > _MOST_BYTES:
        raise InputError(f"không lấy {address}: không phải trang web, PDF hay văn bản dưới 20 MB")
    return (_with_address(data, address) if suffix == ".html" else data), suffix


def public(address: str) -> None:
    """Refuse what is no web address, and whatever stands in a private network: the server must not be a way into it."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"không phải địa chỉ web: {address}")
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(parts.hostname, parts.port or 80)}
    except (OSError, ValueError) as error:
        raise InputError(f"không tìm thấy máy chủ {parts.hostname}: máy này có thể không nối mạng") from error
    if not all(ipaddress.ip_address(one).is_global for one in found):
        raise InputError(f"chỉ lấy bài từ địa chỉ công khai, không từ {parts.hostname}")


class _Redirects(HTTPRedirectHandler):
    def __init__(self, check: Check) -> None:
        self._check = check

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Follow a redirect to an address that may be fetched."""
        self._check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _with_address(page: bytes, address: str) -> bytes:
    safe = address.replace("&", "&amp;").replace('"', "%22").replace("<", "%3C")
    link = f'<link rel="canonical" href="{safe}">'.encode("ascii", "xmlcharrefreplace")
    if b'rel="canonical"' in page.lower():
        return page
    head = _HEAD.search(page)
    if head:
        return page[: head.end()] + link + page[head.end() :]
    first = _FIRST.match(page)
    place = first.end() if first else 0
    return page[:place] + b"<head>" + link + b"</head>" + page[place:]
