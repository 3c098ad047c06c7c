import { medianOf } from './figures.ts';

/** Calls of the services that are evaluated, of the posture table, and of the others. */
export type Purpose = 'reads' | 'changes' | 'table' | 'other';

const isOfServices = /^(s3|s3control|ec2|iam|rds|accessanalyzer):/;
const purposeOf = (call: string): Purpose => {
  if (call.startsWith('dynamodb:')) return 'table';
  if (!isOfServices.test(call)) return 'other';
  return /:(Get|List|Describe)/.test(call) ? 'reads' : 'changes';
};
/** How many calls of each purpose there are among these. */
export const byPurpose = (calls: Readonly<Record<string, number>>): Record<Purpose, number> => {
  const sums = { reads: 0, changes: 0, table: 0, other: 0 };
  for (const [call, times] of Object.entries(calls)) sums[purposeOf(call)] += times;
  return sums;
};
export const mediansOf = (all: readonly Record<Purpose, number>[]): Record<Purpose, number> => ({
  reads: medianOf(all.map(({ reads }) => reads)),
  changes: medianOf(all.map(({ changes }) => changes)),
  table: medianOf(all.map(({ table }) => table)),
  other: medianOf(all.map(({ other }) => other)),
});
