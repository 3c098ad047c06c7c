"""Where moto's S3 and IAM differ from AWS and verdicts or identities depend on it."""

import json

from buckets import begin_as_aws_does, log_beside_everybody, show_every_permission
from patching import after
from stacks import update_managed_policies


def give_ids_their_prefixes(module):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids"""

    def prefixed(prefix):
        def rename(owner, *_, **__):
            owner.id = prefix + owner.id[-17:].upper()

        return rename

    after(module.User, "__init__", prefixed("AIDA"))
    after(module.Group, "__init__", prefixed("AGPA"))
    after(module.Policy, "__init__", prefixed("ANPA"))


def keep_policies_of_one_partition(module):
    """moto makes AWS's managed policies again for each of five partitions; the local AWS is one account of `aws`."""
    make = module.IAMBackend._init_aws_policies
    module.IAMBackend._init_aws_policies = lambda backend: make(backend) if backend.region_name == "aws" else []


def show_root_in_report(module):
    """A credential report begins with the root user; here nobody ever signs in as it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
    """
    report = module.IAMBackend.get_credential_report

    def with_root(backend):
        header, rest = report(backend).split("\n", 1)
        cells = {
            "user": "<root_account>",
            "arn": "arn:%s:iam::%s:root" % (backend.partition, backend.account_id),
            "user_creation_time": "2020-01-01T00:00:00+00:00",
            "password_enabled": "true",
            "password_last_used": "no_information",
            "password_next_rotation": "not_supported",
        }
        off = {name: "false" for name in header.split(",") if name.endswith("_active")}
        root = ",".join({**off, **cells}.get(name, "N/A") for name in header.split(","))
        return "\n".join((header, root, rest))

    module.IAMBackend.get_credential_report = with_root


def correct_iam(module):
    show_root_in_report(module)
    keep_policies_of_one_partition(module)
    give_ids_their_prefixes(module)
    update_managed_policies(module)


def leave_conditions_to_the_endpoint(module):
    """moto asks no condition of a Deny, so that one of HTTP, or of all but one role, denied all. The endpoint asks them."""

    def is_conditional(statement):
        return statement["Effect"] == "Deny" and "Condition" in statement

    permission = module.FakeBucket.get_permission

    def get_permission(bucket, action, resource):
        held = bucket.policy
        if held is None:
            return permission(bucket, action, resource)
        document = json.loads(held.decode())
        statements = document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]]
        plain = {**document, "Statement": [one for one in statements if not is_conditional(one)]}
        asked = type("Plain", (), {"policy": json.dumps(plain).encode()})
        return permission(asked, action, resource)

    module.FakeBucket.get_permission = get_permission


def correct_s3(module):
    begin_as_aws_does(module)
    leave_conditions_to_the_endpoint(module)
    show_every_permission(module)
    log_beside_everybody(module)


patches = {
    "moto.s3.models": correct_s3,
    "moto.iam.models": correct_iam,
}
