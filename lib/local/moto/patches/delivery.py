"""How events reach queues and buses."""

import copy
import json
from fnmatch import fnmatchcase


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


def forward_events_as_they_are(module):
    """moto puts an event anew on a bus that is a target: it gets another id and time, and the region of that bus.

    On AWS it stays the event that it was; what a rule lets through on the other bus is told of the region where it was. A
    bus that is gone, or does not let the rule in, is tried no more: the event goes to the queue that the target names. A rule
    that is disabled takes nothing.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
    """
    send = module.Rule.send_to_targets

    def is_bus(target):
        return ":event-bus/" in target["Arn"]

    def forward(target, event):
        arn = module.parse_arn(target["Arn"])
        bus = module.events_backends[arn.account][arn.region].event_buses.get(arn.resource_id)
        if bus is None or denies(bus, target.get("RoleArn")):
            return keep(target, event)
        for rule in list(bus.rules.values()):
            rule.send_to_targets(copy.deepcopy(event))

    def send_to_targets(rule, event, *args, **kwargs):
        if rule.state == "DISABLED":
            return None
        if not any(is_bus(target) or "Input" in target for target in rule.targets):
            return send(rule, event, *args, **kwargs)
        if rule.event_pattern.matches_event(event):
            for target in filter(is_bus, rule.targets):
                forward(target, event)
        others = copy.copy(rule)
        others.targets = [constant(target) for target in rule.targets if not is_bus(target)]
        return send(others, event, *args, **kwargs)

    module.Rule.send_to_targets = send_to_targets


def ask_first_what_an_event_is(module):
    """moto reads and copies each event anew for every rule of its bus, though most are about another service.

    A pattern names the source and the type of what it takes: a rule that names others gets no copy.
    """
    original = module.EventsBackend.put_events
    told = ("source", "detail-type")
    needed = ("Source", "DetailType", "Detail")

    def may_match(rule, message):
        pattern = rule.event_pattern.get_pattern() or {}
        asked = [(message[name], pattern[name]) for name in told if isinstance(pattern.get(name), list)]
        return all(rule.event_pattern._does_item_match_filters(is_, wanted) for is_, wanted in asked)

    def message_of(backend, event, detail):
        return {
            **copy.deepcopy(module._BASE_EVENT_MESSAGE),
            "id": str(module.random.uuid4()),
            "detail-type": event["DetailType"],
            "source": event["Source"],
            "account": backend.account_id,
            "time": event.get("Time", module.unix_time()),
            "region": backend.region_name,
            "resources": event.get("Resources", []),
            "detail": detail,
            "ingestion-time": module.unix_time(),
        }

    def put(backend, event):
        if not all(event.get(name) for name in needed):
            return original(backend, [event])
        try:
            detail = json.loads(event["Detail"])
        except ValueError:
            return original(backend, [event])
        bus = backend.describe_event_bus(backend._normalize_event_bus_arn(event.get("EventBusName")))
        message = message_of(backend, event, detail)
        for rule in list(bus.rules.values()):
            if may_match(rule, message):
                rule.send_to_targets(copy.deepcopy(message))
        return [{"EventId": message["id"]}]

    def put_events(backend, events):
        if len(events) > 10:
            return original(backend, events)
        return [entry for event in events for entry in put(backend, event)]

    module.EventsBackend.put_events = put_events


def keep(target, event):
    """Gives an event that could not be brought to the queue of the target, if that is there."""
    from moto.sqs.models import sqs_backends

    arn = target.get("DeadLetterConfig", {}).get("Arn")
    if arn is None:
        return
    region, account, name = arn.split(":")[3:]
    queues = sqs_backends[account][region]
    if name in queues.queues:
        kept = {key: value for key, value in event.items() if key != "ingestion-time"}
        queues.send_message(name, json.dumps(kept))


def constant(target):
    """moto gives the event to a target that is to be given a text of the rule."""
    if "Input" not in target:
        return target
    return {**target, "InputTransformer": {"InputTemplate": target["Input"], "InputPathsMap": {}}}


def denies(bus, role):
    """Whether the policy of a bus keeps out what a rule brings by this role, or by none."""

    account = (role or "::::").split(":")[4]
    organization = organization_of(account)
    values = {"aws:PrincipalArn": role, "aws:PrincipalAccount": account, "aws:PrincipalOrgID": organization}

    def is_none_of(key, named):
        return not any(fnmatchcase(values[key] or "", one) for one in ([named] if isinstance(named, str) else named))

    def holds(statement):
        keys = [pair for of in statement.condition.values() for pair in of.items()]
        return all(is_none_of(key, named) for key, named in keys)

    negated = ("ArnNotEquals", "ArnNotLike", "StringNotEquals")
    denying = [one for one in bus._statements.values() if one.effect == "Deny" and one.condition]
    return any(set(one.condition) <= set(negated) and holds(one) for one in denying)


def organization_of(account):
    """The id of the organization that an account is in; none where it is in none."""
    from moto.organizations.models import organizations_backends

    masters = organizations_backends.master_accounts
    owner, partition = masters.get(account, (account, "aws"))
    organization = organizations_backends[owner][partition].org
    return organization and organization.id


def keep_policies(module):
    """moto makes a bus without the policy that its template says, and a new one, without rules, when that changes."""
    create = module.EventBus.create_from_cloudformation_json.__func__

    def say(bus, properties):
        bus.description = properties.get("Description")
        bus.remove_statements()
        if properties.get("Policy"):
            bus.add_policy(properties["Policy"])
        return bus

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        bus = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        return say(bus, cloudformation_json["Properties"])

    def updated(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        return say(original_resource, cloudformation_json["Properties"])

    module.EventBus.create_from_cloudformation_json = classmethod(created)
    module.EventBus.update_from_cloudformation_json = classmethod(updated)


def name_buses(module):
    """`Ref` of a bus is its name, where moto gives the bus; `Ref` of a rule on it names the bus as well.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
    """

    def id_of(rule):
        return rule.name if rule.event_bus_name == "default" else f"{rule.event_bus_name}|{rule.name}"

    module.EventBus.physical_resource_id = property(lambda bus: bus.name)
    module.Rule.physical_resource_id = property(id_of)


def correct_buses(module):
    ask_first_what_an_event_is(module)
    forward_events_as_they_are(module)
    keep_policies(module)
    name_buses(module)


patches = {
    "moto.events.models": correct_buses,
    "moto.events.utils": deliver_events_as_they_are,
}
