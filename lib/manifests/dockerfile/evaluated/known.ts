import { Unresolved } from '../../../model/unresolved.ts';
import type { Expanded } from '../../model/dockerfile.ts';

/** A text of which all variables have a value. Throws Unresolved where one has none. */
export const known = ({ text, missing }: Expanded): string => {
  if (missing.length === 0) return text;
  throw new Unresolved(`the build argument ${[...new Set(missing)].join(', ')}`);
};
