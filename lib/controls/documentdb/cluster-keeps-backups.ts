import { clusterOfKeepsBackups } from '../rds/shared/other-engines.ts';

export const clusterKeepsBackups = clusterOfKeepsBackups('docdb', {
  id: 'DocumentDB.2',
  title: 'Amazon DocumentDB clusters should have an adequate backup retention period',
  rationale: 'A cluster begins with backups of one day: what was lost before that stays lost.',
  nist: ['SI-12'],
  pci: ['3.2.1'],
});
