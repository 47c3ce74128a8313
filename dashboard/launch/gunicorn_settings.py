"""Gunicorn's settings and hooks (docs.gunicorn.org/en/stable/settings.html)."""

import gc
import os
import sys
from threading import Thread
from typing import Any

# Requests are many and their matrices small: threads within one cost ten times what they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

worker_class = "gthread"
workers = min(2, os.cpu_count() or 1)
threads = 64  # so that a few dozen stalled clients do not stop the rest
timeout = 60  # seconds without a sign of life, after which a worker is replaced
graceful_timeout = 2  # seconds for requests under way when the server is told to end
control_socket_disable = True
loglevel = "warning"

# Workers share what the import of the app takes, 0.1 GB and a second. Database engines are made
# per process, on first use. macOS forbids to go on after a fork with what its libraries started.
preload_app = sys.platform == "linux"


def on_starting(server: Any) -> None:
    """Gunicorn's own lines go where ours go, in the same form."""
    from dashboard.launch import readiness  # brings what OPENBLAS_NUM_THREADS must come before

    readiness.prepare()
    server.log.error_log.handlers.clear()
    server.log.error_log.propagate = True


def when_ready(server: object) -> None:
    """Spare the collector what is there for good: memory stays shared, workers end sooner."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: object) -> None:
    """Make Dash finish setting itself up now: first requests that come together fail on it."""
    from app import app
    from dashboard import guard
    from dashboard.charting import chart

    guard.warm(app)
    Thread(target=chart.warm, daemon=True).start()
