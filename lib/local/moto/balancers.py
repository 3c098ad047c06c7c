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


def correct(module):
    show_attributes(module)
    give_policies_where_tls_ends(module)
    name_kinds_in_arns(module)


patches = {"moto.elbv2.models": correct}
