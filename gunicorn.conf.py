"""How gunicorn serves 邻里: one process, several threads (one SQLite file wants one writer)."""

import gc
import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '5000')}"
workers = 1
worker_class = "gthread"
threads = 8
# A hundred certificates take a while; a stuck worker must still be noticed.
timeout = 120
graceful_timeout = 30
# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (memory, by design)
# No access log: addresses carry names people searched for. Caddy keeps one without queries.
accesslog = None
# Nobody steers this server but systemd, and the service's home is not writable.
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:
    """Spare what was loaded at the start from every later garbage collection."""
    gc.collect()
    gc.freeze()
