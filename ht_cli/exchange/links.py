"""Looks whether sites answer: http and https only, ten seconds each, never an address inside a private network."""

import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from ht_cli.locale import translate as _
from ht_cli.model import Resource

SECONDS = 10
AT_ONCE = 8
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class _Refused(OSError):
    """An address that must not be opened."""


class _PublicOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to where the first request might have gone."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Look at the new address first."""
        _require_public(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def dead_links(resources: Iterable[Resource]) -> Iterator[tuple[str, str]]:
    """Give the id of each resource whose site does not answer, and what happened."""
    with_site = [(resource.id, resource.url) for resource in resources if resource.url and resource.status != "closed"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for (identifier, url), said in zip(with_site, pool.map(_look, (url for _identifier, url in with_site)), strict=True):
            if said:
                yield identifier, f"{url}: {said}"


def _look(url: str) -> str:
    """Give what is wrong with a site; nothing when it answers. A site that refuses robots (401, 403, 429) is there."""
    try:
        _require_public(url)
        opener = urllib.request.build_opener(_PublicOnly)
        request = urllib.request.Request(url, headers={"User-Agent": "ht (link check)"})
        with opener.open(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        return "" if error.code in (401, 403, 405, 429) else _("answers {code}").format(code=error.code)
    except (OSError, ValueError, HTTPException) as error:  # the last where what answers does not speak HTTP
        return _("does not answer: {reason}").format(reason=getattr(error, "reason", error) or type(error).__name__)


def _require_public(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Refused(_("not a web address"))
    for *_rest, address in socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM):
        if not _is_public(ipaddress.ip_address(str(address[0]).split("%")[0])):
            raise _Refused(_("an address inside a private network"))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Say whether an address is one host of the internet, also where it bears an IPv4 one inside (RFC 4291, 3056, 6052)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = (
            address.ipv4_mapped or address.sixtofour or (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
        )
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast
