"""What moto's AWS Backup lacks: access policies of vaults, and tags under the paths that the SDK asks."""

import json
from urllib.parse import unquote

from moto.core.exceptions import JsonRESTError


class Denied(JsonRESTError):
    """What AWS answers about a vault that is not there.

    https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/vault.go
    """

    code = 403

    def __init__(self):
        super().__init__("AccessDeniedException", "Insufficient privileges to perform this action.")


class NoPolicy(JsonRESTError):
    def __init__(self):
        super().__init__("ResourceNotFoundException", "The vault has no access policy.")


def keep_policies(module):
    def vault_of(response):
        name = unquote(response.path.split("/")[-2])
        vault = response.backup_backend.vaults.get(name)
        if vault is None:
            raise Denied()
        return vault

    def get(response):
        vault = vault_of(response)
        policy = getattr(vault, "access_policy", None)
        if policy is None:
            raise NoPolicy()
        return json.dumps(
            {
                "BackupVaultName": vault.backup_vault_name,
                "BackupVaultArn": vault.backup_vault_arn,
                "Policy": policy,
            }
        )

    def put(response):
        vault_of(response).access_policy = json.loads(response.body).get("Policy")
        return "{}"

    def delete(response):
        vault_of(response).access_policy = None
        return "{}"

    def list_tags(response):
        arn = unquote(response.path.removeprefix("/tags/").rstrip("/"))
        return json.dumps({"Tags": response.backup_backend.list_tags(resource_arn=arn)})

    module.BackupResponse.get_backup_vault_access_policy = get
    module.BackupResponse.put_backup_vault_access_policy = put
    module.BackupResponse.delete_backup_vault_access_policy = delete
    module.BackupResponse.list_tags = list_tags


def answer_at_their_path(module):
    module.url_paths["{0}/backup-vaults/(?P<name>[^/]+)/access-policy$"] = module.response.dispatch


patches = {"moto.backup.responses": keep_policies, "moto.backup.urls": answer_at_their_path}
