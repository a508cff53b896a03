"""A small Spark cluster: a master and two workers, each a process of its own, on loopback."""

import contextlib
import importlib.util
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

# An extra (make test-spark): without it this folder is not looked into, and tests/suite.py says so.
HERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
collect_ignore = [] if HERE else ["test_same_answers.py"]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def started(log: Path, *words: str) -> subprocess.Popen:
    home = Path(str(importlib.util.find_spec("pyspark").origin)).parent
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_NO_DAEMONIZE": "1",
        "PYSPARK_PYTHON": sys.executable,
    }
    with log.open("w") as out:
        return subprocess.Popen(
            [str(home / "bin/spark-class"), *words],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
        )


def wait_for(port: int, log: Path) -> None:
    for _ in range(240):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.25)
    raise RuntimeError(log.read_text()[-2000:])


@pytest.fixture(scope="session", autouse=True)
def cluster(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    at = ("--host", "127.0.0.1", "--webui-port", "0")
    processes = [started(folder / "master", f"{deploy}.master.Master", "--port", str(port), *at)]
    wait_for(port, folder / "master")
    for n in (1, 2):
        work = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{n}"))
        processes.append(
            started(folder / f"worker{n}", f"{deploy}.worker.Worker", *at, *work, master)
        )
    # Its gateway says good-bye when the process ends, into a stream that is closed by then.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    os.environ["DOUDI_SPARK_MASTER"] = master
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    yield master
    from doudi.verification.engine.spark import session  # noqa: PLC0415  needs the extra

    session().stop()
    for process in reversed(processes):
        process.terminate()
        process.wait(30)
