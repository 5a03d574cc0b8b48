"""Looks whether sites answer: http and https only, ten seconds each, never an address inside a private network."""

import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from ht_cli.locale import translate as _
from ht_cli.model import Resource

SECONDS = 10
AT_ONCE = 8


class _Refused(OSError):
    """An address that must not be opened."""


class _PublicOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to where the first request might have gone."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Look at the new address first."""
        _hold_public(newurl)
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
        _hold_public(url)
        opener = urllib.request.build_opener(_PublicOnly)
        request = urllib.request.Request(url, headers={"User-Agent": "ht (link check)"})
        with opener.open(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        return "" if error.code in (401, 403, 405, 429) else _("answers {code}").format(code=error.code)
    except (OSError, ValueError) as error:
        return _("does not answer: {reason}").format(reason=getattr(error, "reason", error))


def _hold_public(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Refused(_("not a web address"))
    for *_rest, address in socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(str(address[0]).split("%")[0]).is_global:
            raise _Refused(_("an address inside a private network"))
