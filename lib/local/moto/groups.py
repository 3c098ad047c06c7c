"""Rules of security groups whose protocol has no ports."""

PORTLESS = -1


def take_protocols_without_ports(module):
    """A rule of a protocol that is neither TCP, UDP nor ICMP has no ports: moto wants some, and fails without.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
    """
    original = module.SecurityGroupRule.__init__

    def begin(rule, ec2_backend, ip_protocol, group_id, from_port, to_port, *args, **kwargs):
        is_portless = from_port is None and to_port is None and str(ip_protocol) != "-1"
        ports = (PORTLESS, PORTLESS) if is_portless else (from_port, to_port)
        original(rule, ec2_backend, ip_protocol, group_id, *ports, *args, **kwargs)
        if is_portless and rule.ip_protocol not in ("tcp", "udp", "icmp"):
            rule.from_port = rule.to_port = None

    module.SecurityGroupRule.__init__ = begin


patches = {"moto.ec2.models.security_groups": take_protocols_without_ports}
