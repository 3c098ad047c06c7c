"""What Lambda makes of a permission: a statement of the function's policy."""

# What AddPermission takes, and the condition that it becomes. Seen in policies that AWS's documentation prints:
# https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html and urls-auth.html
CONDITIONS = {
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "SourceAccount": ("StringEquals", "AWS:SourceAccount"),
    "SourceArn": ("ArnLike", "AWS:SourceArn"),
}


def principal_of(said):
    if said == "*":
        return said
    if said.isdigit():
        return {"AWS": "arn:aws:iam::%s:root" % said}
    return {"AWS": said} if said.startswith("arn:") else {"Service": said}


def conditions_of(asked):
    conditions = {}
    for name, (operator, key) in CONDITIONS.items():
        if name in asked:
            said = asked[name]
            conditions.setdefault(operator, {})[key] = str(said).lower() if isinstance(said, bool) else said
    return conditions


def write_statements_as_lambda_does(module):
    """moto keeps what it was asked: `FunctionName` and `FunctionUrlAuthType` are no elements of a statement."""
    decode = module.Policy.decode_policy

    def decode_policy(policy, asked):
        # Layers have a policy of their own shape.
        if type(policy.parent).__name__ == "LayerVersion":
            return decode(policy, asked)
        conditions = conditions_of(asked)
        plain = {name: asked[name] for name in ("Action", "StatementId", "RevisionId") if name in asked}
        decoded = decode(policy, {**plain, "Principal": principal_of(asked["Principal"])})
        if conditions:
            decoded.statements[0]["Condition"] = conditions
        return decoded

    module.Policy.decode_policy = decode_policy


patches = {"moto.awslambda.policy": write_statements_as_lambda_does}
