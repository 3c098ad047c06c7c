import { exportedByTests } from '../../exported.ts';
import type { Drift } from '../drift.ts';

/** The drifts that tests of controls export. */
export const ownDrifts: readonly Drift[] = await exportedByTests<Drift>('drift', 'Drift');
