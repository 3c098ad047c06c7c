import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftServerlessWorkgroup } from '../../resources/redshiftserverless/workgroup.ts';

export const workgroupRoutesInItsVpc = defineControl(redshiftServerlessWorkgroup, {
  id: 'RedshiftServerless.1',
  title: 'Amazon Redshift Serverless workgroups should use enhanced VPC routing',
  severity: 'HIGH',
  rationale:
    'What is copied in and out goes over the internet else, past every control of the VPC.',
  standards: { 'fsbp-1.0.0': ['RedshiftServerless.1'] },
  needs: ['workgroup'],
  evaluate({ workgroup: { routesInVpc } }) {
    if (routesInVpc === true) return pass;
    return fail('the workgroup does not route what it copies through its VPC', [
      { path: 'workgroup.routesInVpc', actual: routesInVpc ?? null, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Turn enhanced VPC routing of the workgroup on, once its VPC has a way to S3 and what else it copies from.',
  },
});
