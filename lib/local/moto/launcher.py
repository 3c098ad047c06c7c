"""Serves moto on a free loopback port until standard input ends.

Its first line on standard output is JSON: {"port": 12345, "pid": 42}, or {"unfit": "..."} with what is wrong.
With the path of a Unix socket as its argument it serves each connection of the socket instead, by a process for each:
the first line of a connection is that JSON, and the process ends when the connection does.
Written so that any Python 3 can read it.
"""

import functools
import json
import os
import signal
import sys
import threading
from importlib import import_module


def say(message, to=None):
    print(json.dumps(message), file=to or sys.stdout, flush=True)


def unfit():
    if sys.version_info < (3, 10):
        return "Python %d.%d" % sys.version_info[:2]
    try:
        import moto
        import moto.server  # noqa: F401
        import yaml, docker, jsonpath_ng.ext, py_partiql_parser  # noqa: E401, F401
    except ImportError as error:
        return "no %s" % error.name
    version = tuple(int(part) for part in moto.__version__.split(".")[:3] if part.isdigit())
    if not (5, 2, 1) <= version < (6,):
        return "moto %s" % moto.__version__
    return None


def end_with(owner):
    # It closes however the owner ends, SIGKILL included.
    while owner.read(4096):
        pass
    os._exit(0)


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    reason = unfit()
    if reason:
        say({"unfit": reason})
        sys.exit(3)

    from keep_alive import Server
    from patching import on_import

    # Each module in this folder changes something of moto, most of them one service.
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patches")
    sys.path.insert(0, folder)
    modules = sorted(name[: -len(".py")] for name in os.listdir(folder) if name.endswith(".py"))
    on_import(patch for module in modules for patch in import_module(module).patches.items())
    from moto.server import DomainDispatcherApplication, create_backend_app

    application = DomainDispatcherApplication(create_backend_app)
    # For each request moto looks through its folders and some hundred patterns.
    application.get_backend_for_host = functools.lru_cache(4096)(application.get_backend_for_host)

    def serve(owner, to):
        threading.Thread(target=end_with, args=[owner], daemon=True).start()
        server = Server(("127.0.0.1", 0), application)
        port = server.server_address[1]
        os.environ["MOTO_PORT"] = str(port)
        say({"port": port, "pid": os.getpid()}, to)
        sys.stdout = sys.stderr  # moto prints now and then
        server.serve_forever()

    if len(sys.argv) < 2:
        serve(sys.stdin.buffer, sys.stdout)

    import forks
    from moto.moto_api._internal import mock_random

    def serve_connection(connection):
        # Forks have one state of the random numbers; ids of two of them must differ.
        mock_random.seed()
        serve(connection.makefile("rb"), connection.makefile("w"))

    forks.load(application)
    forks.on_each_connection(
        sys.argv[1], serve_connection, lambda: say({"port": 0, "pid": os.getpid()})
    )


main()
