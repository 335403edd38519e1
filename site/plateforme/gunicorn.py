"""Settings of the web server: `gunicorn --config site/plateforme/gunicorn.py`.

What differs between deployments comes from the environment.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from plateforme.log_records import RecordFormatter  # noqa: E402 -- the path comes first


class Records(Logger):
    """The server's own messages as records of the platform; no access log, which would hold addresses."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(RecordFormatter())

    def access(self, *args: Any) -> None:
        """The application records its requests itself (plateforme.request_log)."""


wsgi_app = "plateforme.wsgi"
pythonpath = f"{ROOT},{ROOT / 'site'}"
logger_class = Records
errorlog = "-"

bind = os.environ.get("BIND", f"0.0.0.0:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads let a slow reader or a slow upload wait without holding a process.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))

# A request that takes longer has failed already: the process is replaced. Stopping waits for the requests under way.
timeout = 30
graceful_timeout = 30
# Longer than the proxy keeps its own connections open, so that the proxy is always the one to close.
keepalive = 75
# Processes are renewed before a leak can show, never all at once, and not so often that kept pages are lost for it.
max_requests = 100_000
max_requests_jitter = 20_000
# Workers show that they live by touching a file: in memory, a slow disk does not get them killed.
if Path("/dev/shm").is_dir():  # noqa: S108 -- only the server writes there
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def post_worker_init(worker: Any) -> None:
    """Leave what was loaded at the start out of garbage collection: nothing of it will ever be garbage."""
    gc.collect()
    gc.freeze()
