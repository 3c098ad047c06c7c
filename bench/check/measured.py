# Runs a command, for so many seconds at most, and says what it and its children took: resource usage of ended children is
# what Node does not tell.
import json
import resource
import subprocess
import sys
import time

begun = time.monotonic()
most, *command = sys.argv[1:]
try:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=float(most))
except subprocess.TimeoutExpired:
    sys.exit(f"{command[0]} did not end within {most} s")
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "code": done.returncode,
            "wallSeconds": time.monotonic() - begun,
            "cpuSeconds": used.ru_utime + used.ru_stime,
            "peakBytes": used.ru_maxrss * 1024,
            "said": done.stderr.decode(errors="replace")[-300:],
        }
    )
)
