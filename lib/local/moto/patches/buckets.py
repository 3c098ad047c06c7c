"""How buckets begin, are encrypted, listed, granted by ACL and logged to."""

import base64
import json

from patching import after

# https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
MOST_BUCKETS = 10_000
PARAMETERS = ("prefix", "bucket-region", "max-buckets", "continuation-token")


def sse_s3(blocked):
    return {
        "Rule": {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
            "BucketKeyEnabled": "false",
            "BlockedEncryptionTypes": blocked,
        }
    }


def begin_as_aws_does(module):
    """New buckets have all four blocks and no ACLs, since April 2023, SSE-S3, since January 2023, and refuse SSE-C, since
    April 2026.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html: SSE-S3 cannot be turned off.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
    """

    def protect(bucket, *_, **__):
        bucket.public_access_block = module.PublicAccessBlock(True, True, True, True)
        bucket.ownership_rule = "BucketOwnerEnforced"
        bucket.encryption = sse_s3({"EncryptionType": "SSE-C"})

    def blocked_in(backend, name):
        return backend.get_bucket(name).encryption["Rule"]["BlockedEncryptionTypes"]

    put = module.S3Backend.put_bucket_encryption

    # A rule that says nothing of it leaves what is blocked as it was: who declares none sees the same again after each change.
    # https://github.com/cloudposse/terraform-aws-s3-bucket/issues/287
    def put_bucket_encryption(backend, bucket_name, encryption):
        before = blocked_in(backend, bucket_name)
        rule = {"BlockedEncryptionTypes": before, **encryption["Rule"]}
        put(backend, bucket_name, {**encryption, "Rule": rule})

    # Whether this lets SSE-C in again AWS does not say: what is blocked stays so.
    def delete_bucket_encryption(backend, bucket_name):
        backend.get_bucket(bucket_name).encryption = sse_s3(blocked_in(backend, bucket_name))

    after(module.FakeBucket, "__init__", protect)
    module.S3Backend.put_bucket_encryption = put_bucket_encryption
    module.S3Backend.delete_bucket_encryption = delete_bucket_encryption
    declared = module.cfn_to_api_encryption

    def with_blocked(properties):
        encryption = declared(properties)
        blocked = properties["ServerSideEncryptionConfiguration"][0].get("BlockedEncryptionTypes")
        return {**encryption, "Rule": {**encryption["Rule"], **({"BlockedEncryptionTypes": blocked} if blocked else {})}}

    module.cfn_to_api_encryption = with_blocked


def show_what_is_blocked(module):
    """moto shows the algorithm and the bucket key of a rule, and not which encryption the bucket refuses."""
    from moto.core.responses import ActionResult

    def get_bucket_encryption(self):
        self.data["Action"] = "GetBucketEncryption"
        rule = self.backend.get_bucket_encryption(self.bucket_name)["Rule"]
        types = (rule["BlockedEncryptionTypes"] or {}).get("EncryptionType") or []
        shown = {
            "ApplyServerSideEncryptionByDefault": rule["ApplyServerSideEncryptionByDefault"],
            "BucketKeyEnabled": str(rule.get("BucketKeyEnabled")).lower() == "true",
            "BlockedEncryptionTypes": {"EncryptionType": [types] if isinstance(types, str) else types},
        }
        return self.serialized(ActionResult({"ServerSideEncryptionConfiguration": {"Rules": [shown]}}))

    module.S3Response.get_bucket_encryption = get_bucket_encryption


def correct_responses(module):
    list_page_by_page(module)
    show_what_is_blocked(module)
    tell_event_bridge(module)


def show_every_permission(module):
    """A grant has one permission; moto shows but the first of those that it keeps in one."""

    def split(acl, *_, **__):
        acl.grants = [
            module.FakeGrant(grant.grantees, [permission]) for grant in acl.grants for permission in grant.permissions
        ]

    after(module.FakeAcl, "__init__", split)


def log_beside_everybody(module):
    """The policy of a bucket for logs may say `"Principal": "*"` in another statement, where moto looks for a service."""
    original = module.FakeBucket._log_permissions_enabled_policy

    def is_permitted(target_bucket, target_prefix):
        if not target_bucket.policy:
            return False
        document = json.loads(target_bucket.policy.decode())
        statements = document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]]
        named = [one for one in statements if isinstance(one.get("Principal"), dict)]
        policy = json.dumps({**document, "Statement": named}).encode()
        asked = type("Named", (), {"policy": policy, "name": target_bucket.name, "partition": target_bucket.partition})
        return original(target_bucket=asked, target_prefix=target_prefix)

    module.FakeBucket._log_permissions_enabled_policy = staticmethod(is_permitted)


def list_page_by_page(module):
    """A listing that is asked for with any parameter has pages, and names the region of each bucket."""
    from moto.core.responses import ActionResult

    def all_buckets(self):
        self.data["Action"] = "ListAllMyBuckets"
        self._authenticate_and_authorize_s3_action()
        prefix, region, most, token = (self._get_param(name) for name in PARAMETERS)
        found = self.backend.list_buckets(prefix=prefix, bucket_region=region, max_buckets=None)
        begin = base64.b64decode(token).decode() if token else ""
        buckets = sorted((one for one in found if one.name > begin), key=lambda one: one.name)
        page = buckets[: int(most or MOST_BUCKETS)]
        has_regions = any((prefix, region, most, token))
        answer = {
            "Owner": {"ID": "bcaf1ffd86f41161ca5fb16fd081034f", "DisplayName": "webfile"},
            "Buckets": [
                {
                    "Name": one.name,
                    "CreationDate": one.creation_date_ISO8601,
                    **({"BucketRegion": one.region_name} if has_regions else {}),
                }
                for one in page
            ],
        }
        if len(buckets) > len(page):
            answer["ContinuationToken"] = base64.b64encode(page[-1].name.encode()).decode()
        if prefix:
            answer["Prefix"] = prefix
        self.data["Action"] = "ListBuckets"
        return self.serialized(ActionResult(answer))

    module.S3Response.all_buckets = all_buckets


def tell_event_bridge(module):
    """moto keeps that EventBridge is told, and does not say so.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html
    """

    def tell(response, answer):
        kept = response.backend.get_bucket_notification_configuration(response.bucket_name)
        if not kept or kept.event_bridge is None:
            return None
        status, headers, body = answer
        told = "<EventBridgeConfiguration/></NotificationConfiguration>"
        ends = "</NotificationConfiguration>"
        whole = body.replace(ends, told) if ends in body else body.rstrip().removesuffix("/>") + ">" + told
        return status, headers, whole

    after(module.S3Response, "get_bucket_notification", tell)


def take_any_arn(module):
    """moto takes tags of what has no slash in its ARN; an access point has one.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html
    """
    tags = "/v20180820/tags/<arn>"
    module.url_paths["/v20180820/tags/<path:arn>"] = module.url_paths.pop(tags)


patches = {"moto.s3control.urls": take_any_arn, "moto.s3.responses": correct_responses}
