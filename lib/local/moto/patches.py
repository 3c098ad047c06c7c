"""What of moto is changed before it serves; each with the reason."""


def apply():
    deliver_events_as_they_are()
    leave_queues_to_our_runner()


def deliver_events_as_they_are():
    """moto writes an event for a target without transformer through a text template, like one with a transformer.

    It loses the account on the way, breaks at a quote in a value, as any policy has, and parses the same eight JSON
    paths for each target, 10 ms each.
    """
    from moto.events.utils import EventTemplateParser

    original = EventTemplateParser.parse

    def parse(input_template, input_paths_map, event):
        if input_template:
            return original(input_template, input_paths_map, event)
        return {key: value for key, value in event.items() if key != "ingestion-time"}

    EventTemplateParser.parse = staticmethod(parse)


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
