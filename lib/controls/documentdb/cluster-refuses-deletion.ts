import { clusterOfRefusesDeletion } from '../rds/shared/other-engines.ts';

export const clusterRefusesDeletion = clusterOfRefusesDeletion('docdb', {
  id: 'DocumentDB.5',
  title: 'Amazon DocumentDB clusters should have deletion protection enabled',
  rationale:
    'Deletion protection stands between one mistaken or hostile call and the loss of the cluster.',
  nist: ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)'],
});
