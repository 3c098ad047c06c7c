"""Where moto's RDS differs from AWS and verdicts depend on it."""

import random
import string

from engines import VERSIONS, family_of
from patching import after

# What waits for the maintenance window unless it is to be applied immediately, by its name in PendingModifiedValues.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html#USER_ModifyInstance.Settings
DEFERRED = {
    "allocated_storage": "AllocatedStorage",
    "backup_retention_period": "BackupRetentionPeriod",
    "ca_certificate_identifier": "CACertificateIdentifier",
    "db_instance_class": "DBInstanceClass",
    "enable_iam_database_authentication": "IAMDatabaseAuthenticationEnabled",
    "engine_version": "EngineVersion",
    "iops": "Iops",
    "license_model": "LicenseModel",
    "multi_az": "MultiAZ",
    "storage_throughput": "StorageThroughput",
    "storage_type": "StorageType",
}


def is_public(database):
    """Without a word, a database is public if its VPC has an internet gateway, as AWS's default VPC has.

    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    """
    from moto.ec2.models import ec2_backends

    backend = database.backend
    cluster = backend.clusters.get(database.db_cluster_identifier or "")
    name = cluster.db_subnet_group if cluster else None
    group = getattr(database, "db_subnet_group", None) or backend.subnet_groups.get(name or "")
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    if group is None or group.vpc_id == ec2.default_vpc.id:
        return True
    gateways = ec2.internet_gateways.values()
    return any(gateway.vpc and gateway.vpc.id == group.vpc_id for gateway in gateways)


def is_deferred(database, key, value):
    now = getattr(database, key)
    if key == "backup_retention_period":
        return (int(now) == 0) != (int(value) == 0)
    return str(now) != str(value)


def defer(database, settings):
    """Takes what has to wait out of the settings and lists it as pending."""
    for key, name in DEFERRED.items():
        if settings.get(key) is None:
            continue
        database.pending_modified_values.pop(name, None)
        if is_deferred(database, key, settings[key]):
            database.pending_modified_values[name] = settings.pop(key)


def apply_pending(database, settings):
    for key, name in DEFERRED.items():
        if name in database.pending_modified_values:
            settings.setdefault(key, database.pending_modified_values[name])
    database.pending_modified_values = {}


def offer_document_db(module):
    """DocumentDB answers to the API of RDS, which moto knows of Neptune alone.

    https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBCluster.html
    """
    engines = module.ClusterEngine.list_cluster_engines
    module.ClusterEngine.list_cluster_engines = classmethod(lambda cls: [*engines(), "docdb"])
    port = module.DBCluster.default_port
    module.DBCluster.default_port = staticmethod(lambda engine: 27017 if engine == "docdb" else port(engine))
    allocated = module.DBCluster.default_allocated_storage
    module.DBCluster.default_allocated_storage = staticmethod(
        lambda engine, storage_type: 1 if engine == "docdb" else allocated(engine, storage_type)
    )


def correct_databases(module):
    offer_document_db(module)
    module.DBInstance.default_engine_versions.update(VERSIONS)
    cluster_version = module.DBCluster.default_engine_version
    module.DBCluster.default_engine_version = staticmethod(
        lambda engine: VERSIONS.get(engine) or cluster_version(engine)
    )

    def complete(database, *_, **settings):
        # The oldest moto that is taken does not know enhanced monitoring at creation.
        database.monitoring_interval = int(settings.get("monitoring_interval") or 0)
        database.monitoring_role_arn = settings.get("monitoring_role_arn")
        database.dbi_resource_id = "db-" + "".join(random.choices(string.ascii_uppercase + "234567", k=26))
        database.pending_modified_values = {}
        database.parameter_apply_status = "in-sync"

    def decide_access(database, *_, **__):
        if database.publicly_accessible is None:
            database.publicly_accessible = is_public(database)

    after(module.DBInstance, "__init__", complete)
    after(module.RDSBackend, "create_db_instance", lambda _, database, *__, **___: decide_access(database))

    def default_group(database, _):
        family = family_of(database.engine.lower(), str(database.engine_version))
        return family, f"default.{family}"

    after(module.DBInstance, "default_db_parameter_group_details", default_group)
    module.DBInstance.db_parameter_group_status_list = property(
        lambda self: [
            {"DBParameterGroupName": group.name, "ParameterApplyStatus": self.parameter_apply_status}
            for group in self.db_parameter_groups()
        ]
    )

    def name_group(cluster, *_, **settings):
        if not settings.get("db_cluster_parameter_group_name") and cluster.engine != "neptune":
            cluster.parameter_group = "default." + family_of(cluster.engine, cluster.engine_version)

    after(module.DBCluster, "__init__", name_group)

    def complete_change(backend, cluster, settings):
        # moto takes these at creation alone.
        changed = backend.clusters[cluster.db_cluster_identifier]
        asked = settings.get("enable_iam_database_authentication")
        if asked is not None:
            changed.iam_auth = asked
        exports = settings.get("cloudwatch_logs_export_configuration") or {}
        off, on = exports.get("DisableLogTypes", []), exports.get("EnableLogTypes", [])
        kept = [one for one in changed.enabled_cloudwatch_logs_exports if one not in [*off, *on]]
        changed.enabled_cloudwatch_logs_exports = [*kept, *on]

    after(module.RDSBackend, "modify_db_cluster", complete_change)

    modify = module.RDSBackend.modify_db_instance

    def modify_db_instance(self, db_instance_identifier, db_kwargs):
        database = self.describe_db_instances(db_instance_identifier)[0]
        # moto keeps it beside the port that it shows.
        database.port = int(db_kwargs.get("db_port_number") or database.port)
        if db_kwargs.get("apply_immediately"):
            apply_pending(database, db_kwargs)
        else:
            defer(database, db_kwargs)
        if db_kwargs.get("db_parameter_group_name") not in (None, database.db_parameter_group_name):
            # The values of another group take effect when the database restarts.
            database.parameter_apply_status = "pending-reboot"
        return modify(self, db_instance_identifier, db_kwargs)

    def apply_group(_, database, *__, **___):
        database.parameter_apply_status = "in-sync"

    module.RDSBackend.modify_db_instance = modify_db_instance
    after(module.RDSBackend, "reboot_db_instance", apply_group)


patches = {"moto.rds.models": correct_databases}
