"""What moto works out again for each request, or each account."""

import copy
import functools
import string


def remember_operations(module):
    """Which methods a class has, and how an operation is called in Python: a fifteenth of what a request costs."""
    module.method_names_from_class = functools.lru_cache(None)(module.method_names_from_class)
    module.camelcase_to_underscores = functools.lru_cache(None)(module.camelcase_to_underscores)


def keep_loader(module):
    """botocore looks through the folders of all services for each one that is loaded by another loader: 10 ms."""
    module.create_loader = functools.lru_cache(None)(module.create_loader)


def draw_at_once(module):
    """Each answer has an id of 52 characters."""

    def get_random_string(random, length=20, include_digits=True, lower_case=False):
        pool = string.ascii_letters + (string.digits if include_digits else "")
        drawn = "".join(random.choices(pool, k=length))
        return drawn.lower() if lower_case else drawn

    module.MotoRandom.get_random_string = get_random_string


def remember_names(module):
    """Under which names a member of an answer may be found: they depend on its shape and on the class that has it.

    Shapes live as long as the model of their service.
    """
    def names(picker, context):
        shape = context.shape
        if shape is None:
            return list(picker.get_possible_keys(context))
        known = shape.__dict__.setdefault("possible_names", {})
        key = (type(picker), context.key, type(context.obj), *picker.alias_providers)
        if key not in known:
            known[key] = list(dict.fromkeys(picker.get_possible_keys(context)))
        return known[key]

    def found(picker, context):
        for name in names(picker, context):
            value = module.get_value(context.obj, name, module.MISSING)
            if value is not module.MISSING:
                return value
        return None

    def call(picker, context):
        value = found(picker, context)
        path = f"{context.key_path}.{context.key}" if picker.response_transformers else ""
        for end, transform in picker.response_transformers.items():
            if path.endswith(end):
                return transform(value)
        return value

    module.AttributePicker.__call__ = call


def copy_managed_policies(module):
    """AWS's own policies are the same in all accounts: to read all 1,485 took 100 ms in each."""
    read = module.IAMBackend._init_aws_policies
    known = {}

    def copied(policy, account_id):
        own = copy.copy(policy)
        own.account_id = account_id
        own.tags = dict(policy.tags)
        own.versions = [copy.copy(version) for version in policy.versions]
        return own

    def copies(backend):
        # Of IAM the region is the partition.
        partition = backend.region_name
        if partition not in known:
            known[partition] = read(backend)
        return [copied(policy, backend.account_id) for policy in known[partition]]

    module.IAMBackend._init_aws_policies = copies


patches = {
    "moto.core.responses": remember_operations,
    "moto.core.serialize": remember_names,
    "moto.core.utils": keep_loader,
    "moto.iam.models": copy_managed_policies,
    "moto.moto_api._internal.moto_random": draw_at_once,
}
