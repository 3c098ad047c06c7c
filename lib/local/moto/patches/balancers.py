"""What moto's load balancers lack and controls read."""

from patching import after

# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
logs = {"access_logs.s3.enabled": "false"}
defaults = {
    "application": {
        **logs,
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http.drop_invalid_header_fields.enabled": "false",
    },
    "network": logs,
    "gateway": {},
}
kinds_in_arns = {"network": "/net/", "gateway": "/gwy/"}


def show_attributes(module):
    """moto leaves most of them out, for the sake of Terraform's tests."""

    def fill(balancer, *_, **__):
        balancer.attrs.update(defaults.get(balancer.type, {}))
        balancer.scheme = balancer.scheme or "internet-facing"

    after(module.FakeLoadBalancer, "__init__", fill)


def give_policies_where_tls_ends(module):
    """moto gives a listener of HTTP the policy that one of HTTPS has by default."""

    def take(listener, *_, **__):
        if listener.protocol not in ("HTTPS", "TLS"):
            listener.ssl_policy = None

    after(module.FakeListener, "__init__", take)


def name_kinds_in_arns(module):
    """moto names every load balancer as an Application Load Balancer."""

    def rename(backend, balancer, *_, **__):
        kind = kinds_in_arns.get(balancer.type)
        if kind is None:
            return
        before = balancer.arn
        balancer.arn = before.replace("/app/", kind, 1)
        backend.load_balancers[balancer.arn] = backend.load_balancers.pop(before)
        tags = backend.tagging_service.list_tags_for_resource(before)["Tags"]
        backend.tagging_service.delete_all_tags_for_resource(before)
        backend.tagging_service.tag_resource(balancer.arn, tags)

    after(module.ELBv2Backend, "create_load_balancer", rename)


def take_one_zone(module):
    """moto wants two zones of every kind; "[Network Load Balancers] You can specify subnets from one or more".

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
    """
    set_subnets = module.ELBv2Backend.set_subnets

    def set_one_or_more(backend, arn, subnets, subnet_mappings):
        balancer = backend.load_balancers.get(arn)
        ids = [*subnets, *(one["SubnetId"] for one in subnet_mappings)]
        if balancer is None or balancer.type == "application" or len(ids) != 1:
            return set_subnets(backend, arn, subnets, subnet_mappings)
        balancer.subnets = [backend.ec2_backend.get_subnet(ids[0])]
        return [module.AvailabilityZone(one) for one in balancer.subnets]

    module.ELBv2Backend.set_subnets = set_one_or_more


def show_classic_attributes(module):
    """moto shows the mode of a Classic Load Balancer only once something was changed, and sets it back with each change.

    Of one that is not there it fails in the middle.
    """

    key = "elb.http.desyncmitigationmode"

    def fill(balancer, *_, **__):
        balancer.attributes["additional_attributes"] = [(key, "defensive")]

    after(module.LoadBalancer, "__init__", fill)

    def find(_, balancer, name):
        if balancer is None:
            raise module.LoadBalancerNotFoundError(name)

    after(module.ELBBackend, "get_load_balancer", find)
    modify = module.ELBBackend.modify_load_balancer_attributes

    def keep(backend, load_balancer_name, *args, **named):
        balancer = backend.get_load_balancer(load_balancer_name)
        before = list(balancer.attributes["additional_attributes"])
        modify(backend, load_balancer_name, *args, **named)
        if not named.get("additional_attributes"):
            balancer.attributes["additional_attributes"] = before

    module.ELBBackend.modify_load_balancer_attributes = keep


def correct(module):
    show_attributes(module)
    give_policies_where_tls_ends(module)
    name_kinds_in_arns(module)
    take_one_zone(module)


patches = {
    "moto.elb.models": show_classic_attributes,
    "moto.elbv2.models": correct,
}
