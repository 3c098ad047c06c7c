"""Where moto's Route 53 differs from AWS and a hosted zone's query logging depends on it."""

from moto.utilities.paginator import paginate


def list_by_zone(module):
    """moto finds no zone by the id that AWS gives it, and answers with the configurations of all."""

    @paginate(pagination_model=module.PAGINATION_MODEL)
    def list_query_logging_configs(self, hosted_zone_id=None):
        configs = list(self.query_logging_configs.values())
        if not hosted_zone_id:
            return configs
        zone = self.get_hosted_zone(hosted_zone_id)
        return [one for one in configs if one.hosted_zone_id == zone.resource_id]

    module.Route53Backend.list_query_logging_configs = list_query_logging_configs


patches = {"moto.route53.models": list_by_zone}
