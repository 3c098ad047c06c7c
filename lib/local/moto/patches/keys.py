"""Where moto's KMS differs from AWS and the ledger depends on it."""

import functools
import json


def make_keys_as_asked(module):
    """moto makes every key of a template one that encrypts, and keeps its policy in a form that it does not answer with.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
    """

    def create(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        properties = cloudformation_json["Properties"]
        key = module.kms_backends[account_id][region_name].create_key(
            policy=json.dumps(properties["KeyPolicy"]),
            key_usage=properties.get("KeyUsage", "ENCRYPT_DECRYPT"),
            key_spec=properties.get("KeySpec", "SYMMETRIC_DEFAULT"),
            description=properties.get("Description"),
            tags=properties.get("Tags", []),
        )
        key.key_rotation_status = str(properties.get("EnableKeyRotation", False)).lower() == "true"
        key.enabled = str(properties.get("Enabled", True)).lower() == "true"
        return key

    module.Key.create_from_cloudformation_json = classmethod(create)


class Later:
    def __init__(self, make):
        self._made = functools.cache(make)

    def __getattr__(self, name):
        return getattr(self._made(), name)


def draw_pairs_when_asked(module):
    """moto draws a pair of RSA for each key, also for those that never sign with it, which takes a tenth of a second."""
    draw = module.generate_private_key
    module.generate_private_key = lambda key_spec: Later(lambda: draw(key_spec))


def correct_keys(module):
    make_keys_as_asked(module)
    draw_pairs_when_asked(module)


patches = {"moto.kms.models": correct_keys}
