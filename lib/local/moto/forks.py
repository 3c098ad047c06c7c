"""Loads moto once and gives each connection of a Unix socket a moto of its own: a fork, which has no state yet."""

import gc
import os
import select
import signal
import socket
import sys

from werkzeug.test import Client

# A call of each service that the stack and the tests use: what moto does at the first call of a service is done by it.
QUERY = {
    "cloudformation": ("DescribeStacks", "2010-05-15"),
    "ec2": ("DescribeRegions", "2016-11-15"),
    "iam": ("ListUsers", "2010-05-08"),
    "rds": ("DescribeDBInstances", "2014-10-31"),
    "sns": ("ListTopics", "2010-03-31"),
    "sts": ("GetCallerIdentity", "2011-06-15"),
}
JSON = {
    "cloudtrail": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails",
    "config": "StarlingDoveService.DescribeConfigRules",
    "dynamodb": "DynamoDB_20120810.ListTables",
    "events": "AWSEvents.ListRules",
    "kms": "TrentService.ListKeys",
    "logs": "Logs_20140328.DescribeLogGroups",
    "sqs": "AmazonSQS.ListQueues",
    "ssm": "AmazonSSM.DescribeParameters",
}
REST = {"lambda": "/2015-03-31/functions/", "s3": "/"}
# And one that fails: moto looks up what the errors of a service are, in files, when it answers with the first.
QUERY_FAILING = {
    "cloudformation": {"Action": "DescribeStacks", "StackName": "none"},
    "ec2": {"Action": "DescribeSecurityGroups", "GroupId.1": "sg-00000000000000000"},
    "iam": {"Action": "GetRole", "RoleName": "none"},
    "rds": {"Action": "DescribeDBInstances", "DBInstanceIdentifier": "none"},
    "sns": {"Action": "GetTopicAttributes", "TopicArn": "arn:aws:sns:us-east-1:123456789012:none"},
}
JSON_FAILING = {
    "dynamodb": ("DynamoDB_20120810.DescribeTable", '{"TableName": "none"}'),
    "events": ("AWSEvents.DescribeRule", '{"Name": "none"}'),
    "kms": ("TrentService.DescribeKey", '{"KeyId": "none"}'),
    "sqs": ("AmazonSQS.GetQueueUrl", '{"QueueName": "none"}'),
    "ssm": ("AmazonSSM.GetParameter", '{"Name": "none"}'),
}
REST_FAILING = {"lambda": "/2015-03-31/functions/none", "s3": "/none?policy"}


def load(application):
    client = Client(application)

    def headers(service, **others):
        credential = f"AWS4-HMAC-SHA256 Credential=load/20260101/us-east-1/{service}/aws4_request"
        host = f"{service}.us-east-1.amazonaws.com"
        return {"Authorization": credential, "Host": host, **others}

    def as_json(service, target, data="{}"):
        own = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}
        client.post("/", headers=headers(service, **own), data=data)

    for service, (action, version) in QUERY.items():
        client.post("/", headers=headers(service), data={"Action": action, "Version": version})
        asked = {"Version": version, **QUERY_FAILING.get(service, {"Action": action})}
        client.post("/", headers=headers(service), data=asked)
    for service, target in JSON.items():
        as_json(service, target)
    for service, (target, data) in JSON_FAILING.items():
        as_json(service, target, data)
    for paths in (REST, REST_FAILING):
        for service, path in paths.items():
            client.get(path, headers=headers(service))


def on_each_connection(path, serve, listening):
    """Forks for each connection, `serve(connection)` in the fork, until standard input ends; calls `listening()` first."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(16)
    # What is loaded by now stays: no fork looks through it for garbage, which would copy its pages too.
    gc.collect()
    gc.freeze()
    listening()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    while True:
        readable, _, _ = select.select([sys.stdin, listener], [], [])
        if sys.stdin in readable and not sys.stdin.buffer.read1(4096):
            os._exit(0)
        if listener not in readable:
            continue
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(connection)
            os._exit(0)
        connection.close()
