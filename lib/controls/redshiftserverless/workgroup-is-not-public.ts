import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { redshiftServerlessWorkgroup } from '../../resources/redshiftserverless/workgroup.ts';

export const workgroupIsNotPublic = defineControl(redshiftServerlessWorkgroup, {
  id: 'RedshiftServerless.3',
  title: 'Redshift Serverless workgroups should prohibit public access',
  severity: 'HIGH',
  rationale:
    'A public workgroup has an address on the internet, where only a security group and a password keep strangers out.',
  standards: { 'fsbp-1.0.0': ['RedshiftServerless.3'] },
  exposes: true,
  needs: ['workgroup'],
  evaluate({ workgroup: { isPublic } }) {
    if (isPublic === undefined)
      return unknown('publiclyAccessible is not in the answer of Redshift Serverless');
    if (!isPublic) return pass;
    return fail('the workgroup is publicly accessible', [
      { path: 'workgroup.isPublic', actual: true, expected: false },
    ]);
  },
  remediation: {
    advice:
      'Turn public access of the workgroup off; clients outside its VPC then need a VPN, a peering or an endpoint of Redshift.',
  },
});
