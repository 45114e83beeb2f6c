"""The app on a free port of this machine, for whatever drives it: browser tests, benchmarks, pictures."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 10


class LiveServer:
    """`streamlit run` in a process of its own. `with LiveServer(log) as server: ... server.url`.

    `stop` and `start` may be called again and again: the port stays, the log goes on.
    """

    def __init__(self, log: Path, *, root: Path = ROOT, script: str = "app.py") -> None:
        """`log`: the file that takes all the server prints; `root`: where it is started, and Python finds the
        playground; `script`: what `streamlit run` is given, below it.
        """
        self.log = log
        self.root = root
        self.script = script
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        """The server's process id."""
        if self._process is None:
            raise RuntimeError("The server is not running: call start() first.")
        return self._process.pid

    def start(self) -> None:
        """Start, and return when the health endpoint answers; otherwise raise with the server's log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        options = {
            "server.address": "127.0.0.1",
            "server.port": self.port,
            "server.headless": "true",
            "server.fileWatcherType": "none",
        }
        flags = [f"--{name}={value}" for name, value in options.items()]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", self.script, *flags],
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._healthy():
            if self._process.poll() is not None:
                raise RuntimeError(
                    f"The server ended with exit code {self._process.returncode}.\n{self.read_log()}"
                )
            if time.monotonic() > deadline:
                raise RuntimeError(f"The server did not answer within {START_SECONDS} s.\n{self.read_log()}")
            time.sleep(0.05)

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self) -> None:
        """End the process and wait for it; nothing happens when it is not running."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def read_log(self, start: int = 0) -> str:
        """What the server has printed, from byte `start` on."""
        return self.log.read_bytes()[start:].decode(errors="replace") if self.log.exists() else ""

    def __enter__(self) -> "LiveServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


HANG_UP = re.compile(
    r"Exception in ASGI application\n"
    r"(?:Traceback \(most recent call last\):\n(?: .*\n)+starlette\.websockets\.WebSocketDisconnected: .*\n"
    r"|During handling of the above exception, another exception occurred:\n|\n)+"
)


def without_hang_ups(log: str) -> str:
    """A server's log without what Streamlit's own server writes when a page is closed while it listens to it
    (1.67): nothing of the app takes part in that.
    """
    return HANG_UP.sub("", log)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
