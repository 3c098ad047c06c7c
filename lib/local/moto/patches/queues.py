"""How queues behave, FIFO queues above all."""

import json
import re
import threading
import time

from flask import has_request_context, request
from patching import after

DEDUPLICATION_MS = 5 * 60 * 1000


TRACE_HEADER = "X-Amzn-Trace-Id"


class Unconsumed(dict):
    def __setitem__(self, key, value):
        pass


def leave_queues_to_our_runner(module):
    """moto takes messages off a queue that has an event-source mapping, as if it could run the function."""

    def forget_mappings(queue, *_, **__):
        queue.lambda_event_source_mappings = Unconsumed()

    after(module.Queue, "__init__", forget_mappings)


def keep_trace_headers(module):
    """A message keeps the trace header of the request that sent it.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
    """
    from flask import has_request_context, request

    def keep(message, *_, **__):
        header = request.headers.get(TRACE_HEADER) if has_request_context() else None
        if header:
            message.system_attributes.setdefault("AWSTraceHeader", {"DataType": "String", "StringValue": header})

    after(module.Message, "__init__", keep)


def name_fifo_queues(module):
    """CloudFormation ends the name that it makes up for a FIFO queue as SQS asks; moto does not."""
    original = module.Queue.create_from_cloudformation_json.__func__

    def create(cls, resource_name, cloudformation_json, *args, **kwargs):
        is_fifo = str(cloudformation_json["Properties"].get("FifoQueue")).lower() == "true"
        if is_fifo:
            resource_name = re.sub(r"(\.fifo)?$", "", resource_name)[:75] + ".fifo"
        return original(cls, resource_name, cloudformation_json, *args, **kwargs)

    module.Queue.create_from_cloudformation_json = classmethod(create)


def remember_duplicates(module):
    """A message is a duplicate for five minutes, also of one that has been deleted.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
    """
    add = module.Queue.add_message

    def add_message(queue, message):
        if queue.fifo_queue and message.deduplication_id:
            sent = queue.__dict__.setdefault("sent_at", {})
            last = sent.get(message.deduplication_id)
            if last is not None and message.sent_timestamp - last < DEDUPLICATION_MS:
                return
            sent[message.deduplication_id] = message.sent_timestamp
        add(queue, message)

    module.Queue.add_message = add_message


def look_once_at_the_clock(module):
    """moto asks the clock twice for every message there is, each time that it looks at a queue: a storm would stall."""

    def those(is_wanted):
        def select(queue):
            now = time.time() * 1000
            return [m for m in queue._messages if is_wanted(m, now)]

        return select

    def count(is_wanted):
        select = those(is_wanted)
        return property(lambda queue: len(select(queue)))

    def is_there(message, now):
        return message.visible_at < now and message.delayed_until <= now

    def is_kept(backend, queue_name, message):
        return backend.get_queue(queue_name).message_retention_period + message.sent_timestamp / 1000 > time.time()

    module.SQSBackend.is_message_valid_based_on_retention_period = is_kept
    module.Queue.messages = property(those(is_there))
    module.Queue.approximate_number_of_messages = count(is_there)
    module.Queue.approximate_number_of_messages_delayed = count(lambda message, now: now < message.delayed_until)
    module.Queue.approximate_number_of_messages_not_visible = count(lambda message, now: now <= message.visible_at)


def keep_groups(module):
    """Of a group that has a message in flight nothing else is given, and the next as soon as that is over.

    moto takes note at the begin of a long poll of the groups that wait, spins while nothing else is there, and gives
    the later of two messages that became visible together. Two polls at once may both get the same group.
    """
    original = module.SQSBackend.receive_message
    delete = module.Queue.delete_message
    change = module.SQSBackend.change_message_visibility

    def alone(queue):
        return queue.__dict__.setdefault("alone", threading.RLock())

    def receive_now(backend, queue, *arguments):
        with alone(queue):
            queue.pending_messages.difference_update([m for m in queue.pending_messages if m.visible])
            return original(backend, queue.name, *arguments)

    def receive_message(backend, queue_name, count, wait, visibility, attributes=None):
        queue = backend.get_queue(queue_name)
        if not queue.fifo_queue:
            return original(backend, queue_name, count, wait, visibility, attributes)
        end = time.monotonic() + (wait or 0)
        while True:
            result = receive_now(backend, queue, count, 0, visibility, attributes)
            left = end - time.monotonic()
            if result or left <= 0:
                return result
            wait_for_message(queue, min(1, left))

    def is_deliverable(queue):
        with alone(queue):
            in_flight = {m.group_id for m in queue.pending_messages if not m.visible}
            return any(m.group_id not in in_flight for m in queue.messages)

    def wait_for_message(queue, timeout):
        with queue._messages_lock:
            queue._messages_lock.wait_for(lambda: is_deliverable(queue), timeout=timeout)

    def delete_message(queue, receipt_handle):
        with alone(queue):
            delete(queue, receipt_handle)
        with queue._messages_lock:
            queue._messages_lock.notify_all()

    def change_message_visibility(backend, queue_name, *arguments, **named):
        with alone(backend.get_queue(queue_name)):
            return change(backend, queue_name, *arguments, **named)

    module.SQSBackend.receive_message = receive_message
    module.SQSBackend.change_message_visibility = change_message_visibility
    module.Queue.delete_message = delete_message


def name_senders(module):
    """The endpoint says who sends a message; what has no sender there is sent by AWS, whose id moto has."""

    def sent_by(message, *_, **__):
        sender = request.headers.get("x-local-sender") if has_request_context() else None
        if sender:
            message.sender_id = sender

    after(module.Message, "__init__", sent_by)


def refuse_dead_letters(module):
    """A queue says which others may give up to it; moto knows no such attribute.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
    """
    create = module.Queue.create_from_cloudformation_json.__func__
    set_up = module.Queue._setup_dlq
    set_them = module.Queue._set_attributes
    show = module.Queue.attributes.fget

    def create_queue(cls, resource_name, cloudformation_json, *args, **kwargs):
        properties = dict(cloudformation_json["Properties"])
        allowed = properties.pop("RedriveAllowPolicy", None)
        queue = create(cls, resource_name, {**cloudformation_json, "Properties": properties}, *args, **kwargs)
        if allowed:
            queue.redrive_allowance = json.dumps(allowed)
        return queue

    def set_up_dead_letters(queue, policy):
        set_up(queue, policy)
        allowed = json.loads(getattr(queue.dead_letter_queue, "redrive_allowance", None) or "{}")
        if allowed.get("redrivePermission") == "denyAll":
            name = queue.dead_letter_queue.name
            queue.dead_letter_queue = queue.redrive_policy = None
            raise module.SQSException("InvalidParameterValue", f"{name} does not allow to be a dead-letter queue")

    def set_attributes(queue, attributes, *arguments):
        # moto forgets the policy of a queue whenever something else is set.
        kept = getattr(queue, "policy", None)
        given = dict(attributes)
        allowed = given.pop("RedriveAllowPolicy", None)
        set_them(queue, given, *arguments)
        if "Policy" not in given:
            queue.policy = kept
        if allowed is not None:
            queue.redrive_allowance = allowed if isinstance(allowed, str) else json.dumps(allowed)

    def shown(queue):
        allowed = getattr(queue, "redrive_allowance", None)
        return {**show(queue), **({"RedriveAllowPolicy": allowed} if allowed else {})}

    module.Queue.create_from_cloudformation_json = classmethod(create_queue)
    module.Queue._setup_dlq = set_up_dead_letters
    module.Queue._set_attributes = set_attributes
    module.Queue.attributes = property(shown)


def correct_queues(module):
    leave_queues_to_our_runner(module)
    keep_trace_headers(module)
    name_fifo_queues(module)
    remember_duplicates(module)
    look_once_at_the_clock(module)
    keep_groups(module)
    name_senders(module)
    refuse_dead_letters(module)


patches = {"moto.sqs.models": correct_queues}
