"""The check of links asks only sites of the internet, never an address inside a private network, and says what happened."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ht_cli.exchange import links
from ht_cli.exchange.links import dead_links
from ht_cli.model import Resource

PUBLIC = "93.184.216.34"
Site = Callable[[str], str]


def resource(url: str, **values: Any) -> Resource:
    return Resource(id="a-site", name="A site", kind="service", url=url, **values)


def said_of(url: str) -> str:
    return dict(dead_links([resource(url)])).get("a-site", "").removeprefix(f"{url}: ")


class _Answers(BaseHTTPRequestHandler):
    """Answers with the status that the path names; `/to/HOST` leads to another host."""

    def do_GET(self) -> None:
        if self.path == "/garbage":
            self.wfile.write(b"these are words, and no HTTP\r\n\r\n")
        elif self.path == "/nothing":
            self.close_connection = True
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", f"http://{self.path.removeprefix('/to/')}")
            self.end_headers()
        else:
            self.send_response(int(self.path[1:] or 200))
            self.end_headers()

    def log_message(self, *_arguments: Any) -> None: ...


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The hosts that a connection was opened to: all names lead to one server here, and are said to be public but those that begin with `in`."""
    hosts: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    connect = socket.create_connection

    def connected(address: tuple[str, int], *arguments: Any, **options: Any) -> socket.socket:
        hosts.append(address[0])
        return connect(("127.0.0.1", server.server_port), *arguments, **options)

    def resolved(host: str, port: int, *_arguments: Any, **_options: Any) -> list[Any]:
        found = "10.0.0.7" if host.startswith("in") else PUBLIC if host[0].isalpha() and ":" not in host else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    for variable in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.upper(), raising=False)
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "create_connection", connected)
    monkeypatch.setattr(links.socket, "getaddrinfo", lambda host, *rest, **options: (real if host == "127.0.0.1" and rest[0] == server.server_port else resolved)(host, *rest, **options))  # fmt: skip
    yield hosts
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::1]", "[ff02::1]", "inside.example",
    ],
)  # fmt: skip
def test_no_connection_is_opened_into_a_private_network(asked: list[str], address: str) -> None:
    assert said_of(f"http://{address}/200") == "does not answer: an address inside a private network"
    assert asked == []


@pytest.mark.parametrize("url", ["ftp://site.example/", "file:///etc/hosts", "http://", "site.example", "javascript:alert(1)", "http:///x"])
def test_only_http_and_https_are_asked(asked: list[str], url: str) -> None:
    assert said_of(url) == "does not answer: not a web address"
    assert asked == []


@pytest.mark.parametrize("address", [PUBLIC, "[2606:2800:220:1::1]", "[64:ff9b::808:808]", "site.example"])
def test_a_site_of_the_internet_is_asked(asked: list[str], address: str) -> None:
    assert said_of(f"http://{address}/200") == ""
    assert asked == [address.strip("[]")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("200", ""), ("401", ""), ("403", ""), ("405", ""), ("429", ""), ("404", "answers 404"), ("410", "answers 410"), ("500", "answers 500"),
        ("garbage", "does not answer: these are words, and no HTTP"), ("nothing", "does not answer: "),
    ],
)  # fmt: skip
def test_what_a_site_answers_is_said(asked: list[str], path: str, said: str) -> None:
    assert said_of(f"http://site.example/{path}").startswith(said)
    assert bool(said_of(f"http://site.example/{path}")) == bool(said)


def test_a_redirection_is_followed_to_a_site_and_never_inside(asked: list[str]) -> None:
    assert said_of("http://site.example/to/other.example/404") == "answers 404"
    assert asked == ["site.example", "other.example"]
    asked.clear()
    for inside in ("inside.example/200", "192.168.1.1/", "[::1]/"):
        assert said_of(f"http://site.example/to/{inside}") == "does not answer: an address inside a private network"
    assert asked == ["site.example"] * 3


def test_a_name_that_leads_outside_and_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, 80)) for found in (PUBLIC, "10.0.0.7")]
    monkeypatch.setattr(links.socket, "getaddrinfo", lambda *_arguments, **_options: both)
    assert said_of("http://site.example/200") == "does not answer: an address inside a private network"
    assert asked == []


def test_a_name_that_leads_nowhere_or_is_none_is_said(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    def nowhere(*_arguments: Any, **_options: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(links.socket, "getaddrinfo", nowhere)
    assert "not known" in said_of("http://nowhere.example/")
    for url in ("http://[/", "http://site.example:99999/", "http://a\u0000b.example/"):
        assert said_of(url).startswith("does not answer: ")


def test_what_is_closed_or_has_no_site_is_not_asked(asked: list[str]) -> None:
    assert list(dead_links([resource("http://site.example/404", status="closed"), resource("")])) == []
    assert asked == []
