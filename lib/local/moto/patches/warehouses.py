"""What moto's Redshift lacks and controls read."""

from patching import after


def keep_parameters(module):
    """moto has the same parameters in each group, and changes none.

    What is changed holds for a cluster of the group once that restarts.
    https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyClusterParameterGroup.html
    """

    def show(backend, parameters, parameter_group_name):
        own = backend.parameter_groups[parameter_group_name].__dict__.get("own", {})
        return [
            {**one, "ParameterValue": own[one["ParameterName"]], "Source": "user"}
            if one["ParameterName"] in own
            else one
            for one in parameters
        ]

    def tell(cluster):
        late = cluster.__dict__.get("waiting", set())
        return [
            {
                "ParameterGroupName": group.name,
                "ParameterApplyStatus": "pending-reboot" if group.name in late else "in-sync",
            }
            for group in cluster.parameter_groups
        ]

    after(module.RedshiftBackend, "describe_cluster_parameters", show)
    module.Cluster.cluster_parameter_group_status_list = property(tell)


def answer(module):
    response_class = module.RedshiftResponse

    def modify_cluster_parameter_group(response):
        name = response._get_param("ParameterGroupName")
        group = response.redshift_backend.describe_cluster_parameter_groups(name)[0]
        changed = response._get_param("Parameters", [])
        group.own = {
            **group.__dict__.get("own", {}),
            **{one["ParameterName"]: one["ParameterValue"] for one in changed},
        }
        for cluster in response.redshift_backend.describe_clusters():
            if group in cluster.parameter_groups:
                cluster.waiting = {*cluster.__dict__.get("waiting", set()), name}
        return module.ActionResult({"ParameterGroupName": name})

    def reboot_cluster(response):
        cluster = response.redshift_backend.describe_clusters(response._get_param("ClusterIdentifier"))[0]
        cluster.waiting = set()
        return module.ActionResult({"Cluster": cluster})

    def span_zones(response, *_):
        """moto knows one zone; a cluster of two says "Enabled".

        https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html
        """
        asked = response._get_bool_param("MultiAZ")
        cluster = response.redshift_backend.describe_clusters(response._get_param("ClusterIdentifier"))[0]
        if asked is not None or "multi_az" not in cluster.__dict__:
            cluster.multi_az = "Enabled" if asked else "Disabled"

    response_class.modify_cluster_parameter_group = modify_cluster_parameter_group
    response_class.reboot_cluster = reboot_cluster
    after(response_class, "create_cluster", span_zones)
    after(response_class, "modify_cluster", span_zones)


patches = {"moto.redshift.models": keep_parameters, "moto.redshift.responses": answer}
