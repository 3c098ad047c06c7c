"""What moto's EFS lacks and plans of file systems call."""

import json


def keep_backup_policies(module):
    """moto knows of backups what a file system was made with.

    https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html, where it is on or off at once here, and
    https://docs.aws.amazon.com/efs/latest/ug/API_DescribeBackupPolicy.html
    """

    def policy_of(file_system):
        status = file_system.__dict__.get("backup_status") or ("ENABLED" if file_system._backup else None)
        return {"Status": status} if status else None

    module.FileSystem.backup_policy = property(policy_of)
    describe = module.EFSBackend.describe_backup_policy

    def describe_backup_policy(backend, file_system_id):
        backend.describe_file_systems(file_system_id=file_system_id)
        return describe(backend, file_system_id)

    module.EFSBackend.describe_backup_policy = describe_backup_policy


def answer_backup_policies(module):
    def put_backup_policy(response):
        _, found = response.efs_backend.describe_file_systems(file_system_id=response._get_param("FileSystemId"))
        policy = response._get_param("BackupPolicy")
        found[0].backup_status = policy["Status"]
        return json.dumps({"BackupPolicy": policy}), {"Content-Type": "application/json"}

    module.EFSResponse.put_backup_policy = put_backup_policy


patches = {"moto.efs.models": keep_backup_policies, "moto.efs.responses": answer_backup_policies}
