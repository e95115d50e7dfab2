"""One page of the web as a file: where the network allows it, and only from public addresses."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO
from urllib.parse import quote, urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

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
        address: of the page, http or https; Vietnamese letters in it may stand as they are.
        check: raises InputError for an address that may not be fetched; it is asked again at each redirect.

    Returns:
        Its bytes, and the suffix of a file of its kind. A web page has its address put in front, for its citation.

    Raises:
        InputError: no web address, not public, not reachable, too large or of another kind.
    """
    ask = check or public
    ask(address)
    connections = [] if check else [_PublicHTTP(), _PublicHTTPS()]
    try:
        request = Request(_ascii(address), headers={"User-Agent": "hoidap"})
        with build_opener(_Redirects(ask), *connections).open(request, timeout=_WAIT) as reply:
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
    if not all(_is_public(str(one)) for one in found):
        raise _private(parts.hostname)


def _private(host: str) -> InputError:
    return InputError(f"chỉ lấy bài từ địa chỉ công khai, không từ {host}")


def _is_public(number: str) -> bool:
    return ipaddress.ip_address(number.partition("%")[0]).is_global


def _ascii(address: str) -> str:
    """An address as servers take it.

    >>> _ascii("https://báo.vn/tin tức?từ=a%20b")
    'https://xn--bo-mia.vn/tin%20t%E1%BB%A9c?t%E1%BB%AB=a%20b'
    """
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return parts._replace(netloc=host, path=_quoted(parts.path), query=_quoted(parts.query)).geturl()


def _quoted(text: str) -> str:
    return quote(text, safe="%/:=&?~+!$,;'@()*[]")


class _PublicHTTP(HTTPHandler):
    """Connects to public addresses only: a name may mean another address than when it was checked."""

    def http_open(self, req: Request) -> HTTPResponse:
        """Open a connection, through a proxy as it is."""
        return self.do_open(HTTPConnection if req.has_proxy() else _PublicConnection, req)


class _PublicHTTPS(HTTPSHandler):
    """The same for https."""

    def https_open(self, req: Request) -> HTTPResponse:
        """Open a connection, through a proxy as it is."""
        tunnelled = bool(getattr(req, "_tunnel_host", None))
        return self.do_open(HTTPSConnection if tunnelled else _PublicSecureConnection, req)


class _PublicConnection(HTTPConnection):
    def connect(self) -> None:
        """Connect, and hang up when the other side is in a private network."""
        super().connect()
        number = self.sock.getpeername()[0]
        if not _is_public(number):
            self.close()
            raise _private(number)


class _PublicSecureConnection(_PublicConnection, HTTPSConnection):
    """The same for https."""


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
