import { oneOfEach, shapeOfType } from '../../../remediation/shapes.ts';
import { turns } from './index.ts';
import type { Turn } from './turn.ts';

/** The shape of the type, and how its finding ends. */
export const shapeOfTurn = ({ type, isArchived }: Turn): string =>
  `${shapeOfType(type)}: ${isArchived ? 'archived' : 'resolved'}`;

/** A turn of each shape; at night all. */
export const triedTurns: readonly Turn[] = oneOfEach(turns, shapeOfTurn);
