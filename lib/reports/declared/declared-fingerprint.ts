import { createHash } from 'node:crypto';
import type { Located } from './declared-result.ts';

/** The same as long as the resource and the control are, wherever the lines move. */
export const fingerprintOf = ({ control, file, name, verdict }: Located): string => {
  const at = verdict.status === 'FAIL' ? verdict.evidence.map(({ path }) => path) : [];
  const text = JSON.stringify([control.id, file, name, ...at]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
};
