import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { networkAcl } from '../../resources/ec2/network-acl.ts';
import { closingAcl, openingsIn } from './shared/network-acl-openings.ts';

export const networkAclClosesAdminPorts = defineControl(networkAcl, {
  id: 'EC2.21',
  title: 'Network ACLs should not allow ingress from 0.0.0.0/0 to port 22 or port 3389',
  severity: 'MEDIUM',
  rationale:
    'The ACL is the second lock: it still holds where a security group was opened by mistake.',
  standards: {
    'fsbp-1.0.0': ['EC2.21'],
    'cis-aws-1.4.0': ['5.1'],
    'cis-aws-3.0.0': ['5.1'],
    'cis-aws-5.0.0': ['5.2'],
    'nist-800-53-r5': [
      ...['AC-4(21)', 'CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-7', 'SC-7', 'SC-7(21)', 'SC-7(5)'],
    ],
    'pci-dss-4.0.1': ['1.3.1'],
  },
  needs: ['acl'],
  evaluate({ acl: { isDefault, entries } }) {
    // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
    if (isDefault)
      return notApplicable('the default ACL of its VPC, which Security Hub leaves out');
    const openings = openingsIn(entries);
    if (openings.length === 0) return pass;
    return fail(
      'the ACL lets everybody reach SSH or RDP',
      openings.flatMap(({ port, entries: letting }) =>
        letting.map(({ number, cidr }) => ({
          path: `acl.entries[${number}]`,
          actual: `allows ${cidr} to port ${port}`,
          expected: 'single networks, or a deny before it',
        })),
      ),
    );
  },
  remediation: {
    advice:
      'Allow SSH and RDP from the networks that need them, and deny both from elsewhere by an entry before the one that allows everything.',
    grants: [
      {
        actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry'],
        on: ({ arn }) => [arn],
      },
    ],
    plan: ({ acl: { entries } }, { ref: { id } }) => closingAcl(id, entries),
  },
});
