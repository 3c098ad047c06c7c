"""Serves a WSGI application over HTTP/1.1 connections that stay open.

Werkzeug's own server ends every connection after one answer.
"""

import http.client
import io
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_to_bytes

# An answer that carries this header is not AWS's: the application crashed.
CRASH_HEADER = "x-moto-crash"
BODILESS = (204, 304)


def parse_headers(file, _class=http.client.HTTPMessage):
    """Headers as the endpoint sends them, each on one line; Python's own parser is that of mail, and takes ten times as long."""
    headers = _class()
    while (line := file.readline(65537)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("iso-8859-1").partition(":")
        headers.set_raw(name, value.strip())
    return headers


http.client.parse_headers = parse_headers


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, address, application):
        super().__init__(address, Handler)
        self.application = application


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # the head and the body leave in one segment

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.run(self.environ(body))
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(name, value)
            elif name.lower() == "content-length" and self.command == "HEAD":
                self.send_header(name, value)
        if self.command != "HEAD" and status not in BODILESS:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in BODILESS:
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = answer

    def run(self, environ):
        started = []
        try:
            parts = self.server.application(environ, lambda *args: started.append(args))
            body = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
            return int(started[-1][0].split()[0]), started[-1][1], body
        except Exception as error:  # whatever moto lacks ends here
            if not isinstance(error, NotImplementedError):
                traceback.print_exc()
            reason = f"{type(error).__name__}: {error}".encode("ascii", "replace").decode()
            return 500, [(CRASH_HEADER, " ".join(reason.split())[:500])], b""

    def environ(self, body):
        path, _, query = self.path.partition("?")
        environ = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "RAW_URI": self.path,
            "REQUEST_URI": self.path,
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + key] = value
        return environ

    def log_message(self, *_):
        pass
