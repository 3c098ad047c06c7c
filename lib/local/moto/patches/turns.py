"""Calls to some services one after another: moto serves in threads, and its state is not made for them."""

import threading


def taking_turns(responses):
    """The calls that this class of responses answers wait for each other.

    moto's DynamoDB looks at a condition apart from the write that it guards; on AWS a write with a condition is one step.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html
    The others answer 500 where a thread looks through resources while another one makes some.
    """

    def take_turns(module):
        turn = threading.RLock()
        handler = getattr(module, responses)
        original = handler.call_action

        def call_action(self):
            with turn:
                return original(self)

        handler.call_action = call_action

    return take_turns


patches = {
    "moto.dynamodb.responses": taking_turns("DynamoHandler"),
    "moto.ec2.responses": taking_turns("EC2Response"),
    "moto.iam.responses": taking_turns("IamResponse"),
    "moto.rds.responses": taking_turns("RDSResponse"),
}
