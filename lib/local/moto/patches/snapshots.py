"""Whose EBS snapshots are shown, and whom they are shared with, which verdicts depend on."""


def show_whose_are_asked_for(module):
    """moto shows every snapshot of the region, whoever owns it, those of AWS's images among them.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html
    """

    def describe_snapshots(response):
        backend = response.ec2_backend
        asked = response._get_param("OwnerIds", [])
        owners = [backend.account_id if one == "self" else one for one in asked]
        users = response._get_param("RestorableByUserIds", [])
        found = backend.describe_snapshots(
            snapshot_ids=response._get_param("SnapshotIds", []), filters=response._filters_from_querystring()
        )

        def is_asked_for(snapshot):
            shared = snapshot.create_volume_permission_groups | snapshot.create_volume_permission_userids
            return (not owners or snapshot.owner_id in owners) and (not users or not shared.isdisjoint(users))

        return module.ActionResult({"Snapshots": [one for one in found if is_asked_for(one)]})

    module.ElasticBlockStore.describe_snapshots = describe_snapshots


def share_in_either_form(module):
    """moto heeds `OperationType` alone, and lets whoever gives `CreateVolumePermission` believe that it was done.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
    """
    in_old_form = module.ElasticBlockStore.modify_snapshot_attribute

    def modify_snapshot_attribute(response):
        given = response._get_param("CreateVolumePermission", {})
        backend, snapshot = response.ec2_backend, response._get_param("SnapshotId")
        for key, change in (
            ("Add", backend.add_create_volume_permission),
            ("Remove", backend.remove_create_volume_permission),
        ):
            permissions = given.get(key) or []
            if permissions:
                users = [one["UserId"] for one in permissions if one.get("UserId")]
                change(snapshot, user_ids=users, groups=[one["Group"] for one in permissions if one.get("Group")])
        return in_old_form(response)

    module.ElasticBlockStore.modify_snapshot_attribute = modify_snapshot_attribute


def correct_snapshots(module):
    show_whose_are_asked_for(module)
    share_in_either_form(module)


patches = {"moto.ec2.responses.elastic_block_store": correct_snapshots}
