"""A PostgreSQL that is reached over TCP, as Spark and poolers reach it."""

import os
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from signal import SIGINT, SIGKILL

import psycopg2

from db.server.account import server_account
from db.server.binaries import programs
from db.server.cluster import ENVIRONMENT, data_argument
from db.server.creation import give, run, write
from db.server.tethered import tethered

USER, PASSWORD = "spark", "s p@rk/1"
ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"
ACCOUNT = f"create role {USER} superuser login password '{PASSWORD}';\ncreate database films;\n"


class TCPServer:
    """A PostgreSQL of its own on 127.0.0.1."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        account = server_account()
        data.mkdir()
        give(data, account)
        options = ["--username=postgres", "--encoding=UTF8", "--no-locale"]
        run(["initdb", *options, "-D", data_argument(data)], data, account)
        run(["postgres", "--single", "-D", data_argument(data), "postgres"], data, account, ACCOUNT)
        write(data / "pg_hba.conf", ACCESS, account)
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:s%20p%40rk%2F1@127.0.0.1:{self.port}/films"

    def start(self) -> None:
        account = server_account()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "off",
        }
        command = [str(programs(account) / "postgres"), "-D", data_argument(self.data)]
        command += [f"-c{name}={value}" for name, value in settings.items()]
        self.process = subprocess.Popen(
            tethered(command, SIGINT, self.data, account),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            start_new_session=True,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with suppress(psycopg2.OperationalError):
                psycopg2.connect(self.url).close()
                return
            time.sleep(0.05)
        raise AssertionError("PostgreSQL does not answer on 127.0.0.1")

    def stop(self, signal: int = SIGKILL) -> None:
        os.killpg(self.process.pid, signal)
        self.process.wait(20)
