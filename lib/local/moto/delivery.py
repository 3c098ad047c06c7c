"""How events reach queues, and messages our runner."""

from patching import after


def deliver_events_as_they_are(module):
    """moto writes an event for a target without transformer through a text template, like one with a transformer.

    It loses the account on the way, breaks at a quote in a value, as any policy has, and parses the same eight JSON
    paths for each target, 10 ms each.
    """
    parser = module.EventTemplateParser
    original = parser.parse

    def parse(input_template, input_paths_map, event):
        if input_template:
            return original(input_template, input_paths_map, event)
        return {key: value for key, value in event.items() if key != "ingestion-time"}

    parser.parse = staticmethod(parse)


class Unconsumed(dict):
    def __setitem__(self, key, value):
        pass


def leave_queues_to_our_runner(module):
    """moto takes messages off a queue that has an event-source mapping, as if it could run the function."""

    def forget_mappings(queue, *_, **__):
        queue.lambda_event_source_mappings = Unconsumed()

    after(module.Queue, "__init__", forget_mappings)


patches = {
    "moto.events.utils": deliver_events_as_they_are,
    "moto.sqs.models": leave_queues_to_our_runner,
}
