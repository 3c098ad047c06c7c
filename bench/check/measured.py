# Runs a command, for so many seconds at most, and says what it and its children took (`code` is null where it did not end): resource
# usage of ended children is what Node does not tell.
import json
import os
import resource
import signal
import subprocess
import sys
import time

def taken():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


begun = time.monotonic()
# A wrapper that looks for Python, as pyenv has it, ended before: it counts as a child of this process.
before = taken()
most, *command = sys.argv[1:]
child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
code = None
try:
    _, said = child.communicate(timeout=float(most))
    code = child.returncode
except subprocess.TimeoutExpired:
    # With all that it started; what it took until then counts.
    os.killpg(child.pid, signal.SIGKILL)
    _, said = child.communicate()
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(
    json.dumps(
        {
            "code": code,
            "wallSeconds": time.monotonic() - begun,
            "cpuSeconds": taken() - before,
            "peakBytes": peak * 1024,
            "said": said.decode(errors="replace")[-300:],
        }
    )
)
