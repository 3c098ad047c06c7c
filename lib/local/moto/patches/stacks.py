"""How CloudFormation updates and deletes a stack."""

import copy
import json
import re

MOST_PASSES = 10


def update_what_differs(module):
    """Only what differs in the template is updated, and what it no longer has is deleted once the rest is.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
    moto fills in the template that it keeps, takes that for a difference, and deletes first what is still in use.
    """
    original_create = module.ResourceMap.create
    original_update = module.ResourceMap.update
    original_one = module.parse_and_update_resource

    def create(stack, template):
        stack.written = copy.deepcopy(template["Resources"])
        return original_create(stack, template)

    def difference(stack, template, _parameters=None):
        old, new = stack.written, template["Resources"]
        return {
            "Add": [name for name in new if name not in old],
            "Modify": [name for name in new if name in old and new[name] != old[name]],
            "Remove": [],
        }

    def update(stack, template, parameters=None):
        written = copy.deepcopy(template["Resources"])
        gone = [name for name in stack.written if name not in written and name in stack._parsed_resources]
        parsed = [(name, stack._parsed_resources[name], stack._resource_json_map[name]) for name in gone]
        original_update(stack, template, parameters)
        stack.written = written
        for name, _, definition in parsed:
            if is_kept(definition):
                stack._parsed_resources.pop(name)
        delete(stack, [one for one in parsed if one[1] is not None and not is_kept(one[2])])

    # What outlives the stack outlives an update that drops it, too.
    def is_kept(definition):
        return definition.get("DeletionPolicy") == "Retain"

    def delete(stack, resources):
        for _ in range(MOST_PASSES):
            left = []
            for name, resource, definition in resources:
                try:
                    stack._delete_resource(resource, definition)
                    stack._parsed_resources.pop(name)
                except Exception as error:  # something else that is deleted still uses it
                    left.append((name, resource, definition))
                    last = error
            if not left:
                return
            resources = left
        raise last

    def update_one(logical_id, definition, stack, **place):
        known = stack._parsed_resources.get(logical_id)
        changed = original_one(logical_id, definition, stack, **place)
        if changed is None and known is not None:
            raise NotImplementedError("moto cannot update %s, a %s" % (logical_id, definition["Type"]))
        return changed

    module.ResourceMap.build_resource_diff = difference
    module.ResourceMap.create = create
    module.ResourceMap.update = update
    module.parse_and_update_resource = update_one


GONE = re.compile(r"NonExistent|NotFound|NoSuch|DoesNotExist|ResourceNotFound", re.IGNORECASE)


def delete_what_is_gone(module):
    """What somebody has deleted by hand counts as deleted, also for the stack that holds it.

    https://repost.aws/knowledge-center/cloudformation-stack-delete-failed: only what is there and cannot be deleted fails.
    """
    original = module.ResourceMap._delete_resource

    def delete(stack, parsed_resource, resource_json):
        try:
            original(stack, parsed_resource, resource_json)
        except Exception as error:
            said = "%s %s %s" % (type(error).__name__, getattr(error, "code", ""), getattr(error, "error_type", ""))
            if not GONE.search(said) and not isinstance(error, KeyError):
                raise

    module.ResourceMap._delete_resource = delete


def update_managed_policies(module):
    """A policy gets a new version, and belongs to the roles of the template; it is detached before it is deleted."""
    Policy = module.ManagedPolicy

    def roles_of(policy):
        return [role for role in policy.backend.roles.values() if policy.arn in role.managed_policies]

    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        policy, properties = original_resource, cloudformation_json["Properties"]
        old = policy.default_version_id
        policy.backend.create_policy_version(policy.arn, json.dumps(properties["PolicyDocument"]), True)
        policy.backend.delete_policy_version(policy.arn, old)
        wanted = properties.get("Roles", [])
        for role in roles_of(policy):
            if role.name not in wanted:
                policy.detach_from(role)
        for name in wanted:
            role = policy.backend.get_role(name)
            if policy.arn not in role.managed_policies:
                policy.attach_to(role)
        return policy

    def delete(policy, account_id, region):
        for role in roles_of(policy):
            policy.detach_from(role)
        policy.backend.delete_policy(policy.arn)

    Policy.update_from_cloudformation_json = classmethod(update)
    Policy.delete = delete


def update_tables(module):
    """A table keeps its keys; what its policy says is put right by whoever deploys.

    One index is made or deleted by an update, as DynamoDB has it:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
    """

    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        table, properties = original_resource, cloudformation_json["Properties"]
        wanted = {one["IndexName"]: one for one in properties.get("GlobalSecondaryIndexes", [])}
        there = {one.name for one in table.global_indexes}
        if len(there ^ wanted.keys()) > 1:
            raise ValueError("Cannot perform more than one GSI creation or deletion in a single update")
        kept = [one for one in table.global_indexes if one.name in wanted]
        made = [
            module.GlobalSecondaryIndex.create(one, table.table_key_attrs)
            for name, one in wanted.items()
            if name not in there
        ]
        table.global_indexes = kept + made
        table.attr = properties["AttributeDefinitions"]
        table.deletion_protection_enabled = properties.get("DeletionProtectionEnabled", False)
        return table

    module.Table.update_from_cloudformation_json = classmethod(update)


def name_log_groups(module):
    """GetAtt Arn is that of the group with what stands in it.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
    """
    original = module.LogGroup.get_cfn_attribute

    def get_cfn_attribute(group, attribute_name):
        value = original(group, attribute_name)
        return f"{value}:*" if attribute_name == "Arn" else value

    module.LogGroup.get_cfn_attribute = get_cfn_attribute


def change_stacks(module):
    update_what_differs(module)
    delete_what_is_gone(module)


def read_json_as_json(module):
    """moto reads every template as YAML, which takes it a second for ours."""
    parse = module.Stack.parse_template

    def parse_template(template):
        try:
            return json.loads(template)
        except ValueError:
            return parse(template)

    module.Stack.parse_template = staticmethod(parse_template)


patches = {
    "moto.cloudformation.models": read_json_as_json,
    "moto.cloudformation.parsing": change_stacks,
    "moto.dynamodb.models.table": update_tables,
    "moto.logs.models": name_log_groups,
}
