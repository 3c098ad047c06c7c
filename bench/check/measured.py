# Runs a command and says what it and its children took: resource usage of ended children is what Node does not tell.
import json
import resource
import subprocess
import sys
import time

begun = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
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
