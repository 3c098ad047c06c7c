import { buildTurns } from './builds.ts';
import { containerTurns } from './containers.ts';
import { dataTurns } from './data.ts';
import { edgeTurns } from './edges.ts';
import { identityTurns } from './identities.ts';
import type { Turn } from './turn.ts';

export const turns: readonly Turn[] = [
  ...buildTurns,
  ...containerTurns,
  ...dataTurns,
  ...edgeTurns,
  ...identityTurns,
];
