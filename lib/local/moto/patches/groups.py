"""How security groups are listed, and rules whose protocol has no ports."""

from patching import after

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


def list_page_by_page(module):
    """A listing that is asked for with MaxResults has pages; moto answers all groups at once.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
    """

    def page(self, answer):
        most, token = self._get_param("MaxResults"), self._get_param("NextToken")
        groups = answer.result["SecurityGroups"]
        ids = [group.id for group in groups]
        begin = ids.index(token) + 1 if token in ids else 0
        end = begin + int(most or len(groups))
        answer.result["SecurityGroups"] = groups[begin:end]
        if end < len(groups):
            answer.result["NextToken"] = ids[end - 1]

    after(module.SecurityGroups, "describe_security_groups", page)


def miss_network_acls_by_their_name(module):
    """moto calls an ACL that is not there a route table.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    """
    module.InvalidRouteTableIdError = module.InvalidNetworkAclIdError


def miss_entries_by_their_name(module):
    """moto stops where an entry of an ACL is to be deleted that is not there.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    """
    from moto.ec2.exceptions import EC2ClientError

    backend = module.NetworkAclBackend
    original = backend.delete_network_acl_entry

    def delete(self, network_acl_id, rule_number, egress):
        try:
            return original(self, network_acl_id, rule_number, egress)
        except StopIteration:
            raise EC2ClientError(
                "InvalidNetworkAclEntry.NotFound",
                f"The network acl entry identified by {rule_number} does not exist.",
            )

    backend.delete_network_acl_entry = delete


def correct_network_acls(module):
    miss_network_acls_by_their_name(module)
    miss_entries_by_their_name(module)


patches = {
    "moto.ec2.models.network_acls": correct_network_acls,
    "moto.ec2.models.security_groups": take_protocols_without_ports,
    "moto.ec2.responses.security_groups": list_page_by_page,
}
