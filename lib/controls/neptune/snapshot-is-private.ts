import { snapshotOfIsPrivate } from '../rds/shared/other-engines.ts';

export const snapshotIsPrivate = snapshotOfIsPrivate('neptune', {
  id: 'Neptune.3',
  title: 'Neptune DB cluster snapshots should not be public',
  severity: 'CRITICAL',
  rationale:
    'Anybody with an AWS account can restore a public snapshot of Neptune and read the whole graph that was in the cluster.',
  nist: [
    'AC-21',
    'AC-3',
    'AC-3(7)',
    'AC-4',
    'AC-4(21)',
    'AC-6',
    'SC-7',
    'SC-7(11)',
    'SC-7(16)',
    'SC-7(20)',
    'SC-7(21)',
    'SC-7(3)',
    'SC-7(4)',
    'SC-7(9)',
  ],
  pci: ['1.4.4'],
});
