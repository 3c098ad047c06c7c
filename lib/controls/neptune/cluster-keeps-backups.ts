import { clusterOfKeepsBackups } from '../rds/shared/other-engines.ts';

export const clusterKeepsBackups = clusterOfKeepsBackups('neptune', {
  id: 'Neptune.5',
  title: 'Neptune DB clusters should have automated backups enabled',
  rationale: 'What was lost before the last backup stays lost.',
  nist: ['SI-12'],
});
