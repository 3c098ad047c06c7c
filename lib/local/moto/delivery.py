"""How events reach queues."""


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


patches = {"moto.events.utils": deliver_events_as_they_are}
