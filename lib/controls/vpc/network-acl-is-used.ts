import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { networkAcl } from '../../resources/ec2/network-acl.ts';

export const networkAclIsUsed = defineControl(networkAcl, {
  id: 'EC2.16',
  title: 'Unused Network Access Control Lists should be removed',
  severity: 'LOW',
  rationale:
    'Rules that filter nothing mislead whoever reads them, and are put in force by one call.',
  standards: {
    'fsbp-1.0.0': ['EC2.16'],
    'nist-800-53-r5': ['CM-8(1)'],
    'pci-dss-4.0.1': ['1.2.7'],
  },
  needs: ['acl', 'subnets'],
  evaluate({ acl: { isDefault }, subnets }) {
    if (subnets.length > 0) return pass;
    if (isDefault)
      return notApplicable('it is the default ACL of its VPC, which cannot be deleted');
    return fail('no subnet uses the network ACL', [
      { path: 'subnets', actual: [], expected: 'a subnet' },
    ]);
  },
  remediation: {
    advice: 'Delete the network ACL, or associate it with the subnets that it was made for.',
  },
});
