import { Logger } from '@aws-lambda-powertools/logger';
import { keyOf } from '../../engine/changes/change.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { mostSilentMinutes, type Unanswered } from '../../engine/remediation/overdue.ts';
import { metricLine } from '../runtime/metric-line.ts';
import type { Overdue, Runtime } from '../runtime/runtime.ts';

/** The controls of a row that nothing was done about for too long: the ledger knows of no action, not even of one that a guard refused. */
export const overdueAmong = async (
  unanswered: readonly Unanswered[],
  { remediation, clock }: Pick<Runtime, 'remediation' | 'clock'>,
): Promise<readonly string[]> => {
  if (!remediation) return [];
  const now = clock().getTime();
  const late = unanswered.filter(({ overdueAt }) => overdueAt <= now);
  const isKnown = await Promise.all(
    late.map(async ({ action }) =>
      action === undefined ? false : (await remediation.ledger.get(action)) !== undefined,
    ),
  );
  return late.filter((_, index) => !isKnown[index]).map(({ control }) => control);
};

/** When a row is looked at again: as long as nothing is done about it, before the alarm ends by itself. */
export const dueAgain = (
  dueAt: string,
  overdue: readonly string[],
  { clock }: Pick<Runtime, 'clock'>,
): string => {
  if (overdue.length === 0) return dueAt;
  const again = clock().getTime() + mostSilentMinutes * 60_000;
  return new Date(Math.min(Date.parse(dueAt), again)).toISOString();
};

export const tellOverdue = (
  { type, ref }: ResourceRow,
  controls: readonly string[],
  runtime: Pick<Runtime, 'noteOverdue'>,
): void => {
  if (controls.length > 0) runtime.noteOverdue({ of: keyOf({ type, ref }), controls });
};

/** Says what nothing was done about, as an error of the log that CloudWatch counts. */
export const noteOverdue = ({ of, controls }: Overdue): void =>
  new Logger({ serviceName: 'overdue' }).error('nothing was done about a failure', {
    of,
    controls,
    failure: `no action and none that waits for ${mostSilentMinutes} minutes`,
    mode: 'remediate',
    ...metricLine('Unremediated', 'mode', controls.length),
  });
