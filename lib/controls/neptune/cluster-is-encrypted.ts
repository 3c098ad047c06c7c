import { clusterOfIsEncrypted } from '../rds/shared/other-engines.ts';

export const clusterIsEncrypted = clusterOfIsEncrypted('neptune', {
  id: 'Neptune.1',
  title: 'Neptune DB clusters should be encrypted at rest',
  rationale:
    'Whoever gets hold of the storage or a snapshot of the cluster can read the whole graph else.',
  nist: ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
});
