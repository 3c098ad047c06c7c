"""What moto's Database Migration Service lacks: whoever changes a replication instance, and times as they are written."""

import json
from datetime import datetime


def tell_times(module):
    """A time is a number of seconds in JSON.

    https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationInstance.html
    """
    to_dict = module.FakeReplicationInstance.to_dict

    def with_times(self):
        shown = {key: value for key, value in to_dict(self).items() if value is not None}
        shown["InstanceCreateTime"] = datetime.fromisoformat(shown["InstanceCreateTime"]).timestamp()
        return shown

    module.FakeReplicationInstance.to_dict = with_times


def change_instances(module):
    """What is not given stays as it is, and what is given is so at once.

    https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyReplicationInstance.html
    """
    from moto.dms.exceptions import ResourceNotFoundFault

    def modify_replication_instance(response):
        found = response.dms_backend.replication_instances.get(response._get_param("ReplicationInstanceArn"))
        if found is None:
            raise ResourceNotFoundFault("Replication instance not found.")
        for name, member in (
            ("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            ("multi_az", "MultiAZ"),
        ):
            asked = response._get_param(member)
            if asked is not None:
                setattr(found, name, asked)
        return json.dumps({"ReplicationInstance": found.to_dict()})

    module.DatabaseMigrationServiceResponse.modify_replication_instance = modify_replication_instance


patches = {"moto.dms.models": tell_times, "moto.dms.responses": change_instances}
