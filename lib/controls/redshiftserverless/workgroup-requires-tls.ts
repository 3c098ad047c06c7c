import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftServerlessWorkgroup } from '../../resources/redshiftserverless/workgroup.ts';

export const workgroupRequiresTls = defineControl(redshiftServerlessWorkgroup, {
  id: 'RedshiftServerless.2',
  title: 'Connections to Redshift Serverless workgroups should be required to use SSL',
  severity: 'MEDIUM',
  rationale: 'A client that does not ask for TLS sends its password and its rows in the clear.',
  standards: { 'fsbp-1.0.0': ['RedshiftServerless.2'] },
  needs: ['workgroup'],
  evaluate({ workgroup: { requiresTls } }) {
    if (requiresTls === 'true') return pass;
    return fail('the workgroup takes connections without TLS', [
      { path: 'workgroup.requiresTls', actual: requiresTls ?? 'not set', expected: 'true' },
    ]);
  },
  remediation: {
    advice:
      'Set the parameter require_ssl of the workgroup to true, once each of its clients connects by TLS.',
  },
});
