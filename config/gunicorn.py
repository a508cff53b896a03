"""The web server: two processes on a small machine, threads for slow phones, short queues."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("DOUDI_WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 2048
accesslog = None
errorlog = "-"
loglevel = "warning"
wsgi_app = "config.wsgi:application"
control_socket_disable = True
