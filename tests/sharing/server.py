"""A PostgreSQL of the tests' own: started in a temporary folder on a free port, killed and started again at will."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ADMINISTRATOR = "chief"
PASSWORD = "secret-of-the-tests"


def binaries() -> Path | None:
    """Give the folder of the server's programs: that of the PATH, else the newest that Debian installs."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return debian[-1].parent if debian else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server; it refuses to run as root, so that root lends it the user `postgres` or `nobody`."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self._user = None if os.geteuid() else _user_of_a_server()
        self.folder = Path(tempfile.mkdtemp(prefix="ht-postgres-", dir="/tmp"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()
        self.start()

    def _prepare(self) -> None:
        if self._user:
            shutil.chown(self.folder, self._user)
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        how = ["-A", "scram-sha-256", "-U", ADMINISTRATOR, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", f"--pwfile={secret}"]
        subprocess.run(
            [self.programs / "initdb", "-D", self.folder / "data", *how], user=self._user, cwd="/", check=True, capture_output=True
        )
        secret.unlink()
        self.certificate = self._certify("server")
        self.other_certificate = self._certify("other")

    def _certify(self, name: str) -> Path:
        """Make a certificate for localhost that vouches for itself."""
        key, certificate = self.folder / f"{name}.key", self.folder / f"{name}.crt"
        made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", key, "-out", certificate]
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run(["openssl", "req", "-x509", *made, *subject], check=True, capture_output=True)
        key.chmod(0o600)
        if self._user:
            shutil.chown(key, self._user)
        return certificate

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder,
            "max_connections": 260, "shared_buffers": "32MB", "lc_messages": "C",
            "ssl": "on", "ssl_cert_file": self.folder / "server.crt", "ssl_key_file": self.folder / "server.key",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", *options], user=self._user, cwd="/", stdout=log, stderr=log
            )
        asked = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + 60
        while subprocess.run(asked).returncode:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server and every process of its own by SIGKILL, as a cut of the current would."""
        assert self._process
        children = _children(self._process.pid)
        for pid in (self._process.pid, *children):
            _signal(pid, signal.SIGKILL)
        self._process.wait()
        while any(_runs(pid) for pid in children):
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server without putting its files in order: nobody opens them again."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = ADMINISTRATOR, password: str = PASSWORD, port: int = 0) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{port or self.port}/{database}"


def _user_of_a_server() -> str:
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _children(pid: int) -> list[int]:
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    return [int(stat.split()[0]) for stat in stats if int(stat.rpartition(")")[2].split()[1]) == pid]


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def _signal(pid: int, what: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, what)
