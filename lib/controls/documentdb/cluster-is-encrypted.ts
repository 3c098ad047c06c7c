import { clusterOfIsEncrypted } from '../rds/shared/other-engines.ts';

export const clusterIsEncrypted = clusterOfIsEncrypted('docdb', {
  id: 'DocumentDB.1',
  title: 'Amazon DocumentDB clusters should be encrypted at rest',
  rationale:
    'Whoever gets hold of the storage or a snapshot of the cluster can read every document else.',
  nist: ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
});
