"""Calls to DynamoDB one after another: moto serves in threads, and looks at a condition apart from the write that it guards."""

import threading

turn = threading.RLock()


def take_turns(module):
    """A write with a condition is one step on AWS, also beside others on the same item.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html
    """
    original = module.DynamoHandler.call_action

    def call_action(self):
        with turn:
            return original(self)

    module.DynamoHandler.call_action = call_action


patches = {"moto.dynamodb.responses": take_turns}
