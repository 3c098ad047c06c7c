import { exportedByTests } from '../../../exported.ts';
import type { Turn } from './turn.ts';

/** The turns that tests of controls export. */
export const ownTurns = (): Promise<readonly Turn[]> => exportedByTests<Turn>('turn', 'Turn');
