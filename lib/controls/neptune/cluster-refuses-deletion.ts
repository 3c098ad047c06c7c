import { clusterOfRefusesDeletion } from '../rds/shared/other-engines.ts';

export const clusterRefusesDeletion = clusterOfRefusesDeletion('neptune', {
  id: 'Neptune.4',
  title: 'Neptune DB clusters should have deletion protection enabled',
  severity: 'LOW',
  rationale:
    'Deletion protection stands between one mistaken or hostile call and the loss of the cluster.',
  nist: ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)'],
});
