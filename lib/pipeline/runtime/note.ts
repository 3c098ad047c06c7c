import { attempted } from '../../aws/errors.ts';
import { noteFindings } from '../../aws/security-hub.ts';
import type { FindingIdentifier } from '../../engine/findings/finding-id.ts';
import type { Runtime } from './runtime.ts';

/** Puts a note on findings; whether it did. What is done, and what is kept, does not wait for Security Hub. */
export const noteOn = async (
  findings: readonly FindingIdentifier[],
  text: string,
  runtime: Pick<Runtime, 'hub'>,
): Promise<boolean> => {
  if (findings.length === 0) return true;
  const noted = await attempted(async () => noteFindings(await runtime.hub(), findings, text));
  return !('failure' in noted);
};
