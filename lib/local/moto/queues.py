"""How queues behave, FIFO queues above all."""

import re

from patching import after

DEDUPLICATION_MS = 5 * 60 * 1000


class Unconsumed(dict):
    def __setitem__(self, key, value):
        pass


def leave_queues_to_our_runner(module):
    """moto takes messages off a queue that has an event-source mapping, as if it could run the function."""

    def forget_mappings(queue, *_, **__):
        queue.lambda_event_source_mappings = Unconsumed()

    after(module.Queue, "__init__", forget_mappings)


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


def wait_for_groups(module):
    """moto spins while all that waits in a FIFO queue belongs to groups of which a message is in flight."""

    def deliverable(queue):
        in_flight = {m.group_id for m in queue.pending_messages if not m.visible}
        return [m for m in queue.messages if not queue.fifo_queue or m.group_id not in in_flight]

    def wait_for_messages(queue, timeout):
        with queue._messages_lock:
            queue._messages_lock.wait_for(lambda: deliverable(queue), timeout=timeout)

    def wake(queue, *_, **__):
        with queue._messages_lock:
            queue._messages_lock.notify_all()

    module.Queue.wait_for_messages = wait_for_messages
    after(module.Queue, "delete_message", wake)


def correct_queues(module):
    leave_queues_to_our_runner(module)
    name_fifo_queues(module)
    remember_duplicates(module)
    wait_for_groups(module)


patches = {"moto.sqs.models": correct_queues}
