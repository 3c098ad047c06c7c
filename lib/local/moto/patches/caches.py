"""What moto's ElastiCache does otherwise than AWS."""

import inspect

from patching import after

# The version of Redis OSS that AWS takes where none is named.
# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
VERSION = "7.1"


def delete_caches(module):
    """moto shows a cache as being deleted for ever; AWS is done at last.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheCluster.html
    """

    def forget(backend, _, cache_cluster_id):
        backend.cache_clusters.pop(cache_cluster_id, None)

    after(module.ElastiCacheBackend, "delete_cache_cluster", forget)


def make_nodes(module):
    """moto names the nodes of a replication group, and has none; they tell the version of the engine.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html
    """
    unset = dict.fromkeys(list(inspect.signature(module.CacheCluster.__init__).parameters)[1:])

    def make(backend, group, **settings):
        # "If you enable in-transit encryption … required" is what a group begins with.
        # https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
        if group.transit_encryption_enabled and not group.transit_encryption_mode:
            group.transit_encryption_mode = "required"
        group.engine_version = group.engine_version or VERSION
        for name in group.member_clusters:
            known = {
                "account_id": backend.account_id,
                "region_name": backend.region_name,
                "cache_cluster_id": name,
                "replication_group_id": group.replication_group_id,
                "cache_node_type": group.cache_node_type,
                "engine": group.engine,
                "engine_version": group.engine_version,
                "auto_minor_version_upgrade": group.auto_minor_version_upgrade,
                "cache_subnet_group_name": group.cache_subnet_group_name,
                "log_delivery_configurations": [],
            }
            backend.cache_clusters[name] = module.CacheCluster(**{**unset, **known})

    def forget(backend, group, *_, **__):
        backend.replication_groups.pop(group.replication_group_id, None)
        for name in group.member_clusters:
            backend.cache_clusters.pop(name, None)

    after(module.ElastiCacheBackend, "create_replication_group", make)
    after(module.ElastiCacheBackend, "delete_replication_group", forget)


def change_groups(module):
    """moto changes no replication group; here one is changed at once, in what is read of it.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html
    """

    def modify_replication_group(response):
        backend = response.elasticache_backend
        group = backend.describe_replication_groups(response._get_param("ReplicationGroupId"))[0]
        fails_over = response._get_bool_param("AutomaticFailoverEnabled")
        if fails_over is not None:
            group.automatic_failover = "enabled" if fails_over else "disabled"
        is_encrypted = response._get_bool_param("TransitEncryptionEnabled")
        if is_encrypted is not None:
            group.transit_encryption_enabled = is_encrypted
        mode = response._get_param("TransitEncryptionMode") or group.transit_encryption_mode
        group.transit_encryption_mode = mode if group.transit_encryption_enabled else None
        if response._get_param("AuthTokenUpdateStrategy") == "DELETE":
            group.auth_token_enabled = False
        elif response._get_param("AuthToken"):
            group.auth_token_enabled = True
        days = response._get_int_param("SnapshotRetentionLimit")
        if days is not None:
            group.snapshot_retention_limit = days
        nodes = [backend.cache_clusters[name] for name in group.member_clusters]
        for node in nodes:
            node.engine_version = response._get_param("EngineVersion") or node.engine_version
            upgrades = response._get_bool_param("AutoMinorVersionUpgrade")
            node.auto_minor_version_upgrade = node.auto_minor_version_upgrade if upgrades is None else upgrades
        return module.ActionResult({"ReplicationGroup": group})

    module.ElastiCacheResponse.modify_replication_group = modify_replication_group


def correct(module):
    delete_caches(module)
    make_nodes(module)


patches = {"moto.elasticache.models": correct, "moto.elasticache.responses": change_groups}
