"""What of moto is changed before it serves; each with the reason."""

import functools


def apply():
    parse_json_paths_once()
    leave_queues_to_our_runner()


def parse_json_paths_once():
    """moto parses the same JSON paths for every event and target, 10 ms each time."""
    import jsonpath_ng.ext

    jsonpath_ng.ext.parse = functools.lru_cache(4096)(jsonpath_ng.ext.parse)


class _Unconsumed(dict):
    def __setitem__(self, key, value):
        pass


def leave_queues_to_our_runner():
    """moto takes messages off a queue that has an event-source mapping, as if it could run the function."""
    from moto.sqs.models import Queue

    original = Queue.__init__

    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        self.lambda_event_source_mappings = _Unconsumed()

    Queue.__init__ = __init__
