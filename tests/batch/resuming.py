"""Runs in a process of their own, which can be killed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent


def start(code: str) -> subprocess.Popen[bytes]:
    """A process that runs ``code``, which can call :func:`runs.go`."""
    setting = f"import sys; sys.path.insert(0, {str(HERE)!r}); from runs import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", setting + code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_for(what: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until ``what`` is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)
