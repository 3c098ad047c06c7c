import { type Made, unexplained } from '../../../lib/engine/remediation/concurrent-changes.ts';
import type { Call } from '../../../lib/model/control.ts';

const type = { facets: {} };
const call = (operation: string, input: object): Call => ({ service: 's3', operation, input });
const first = { Sid: 'First' };
const ours = { Sid: 'Ours' };
const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const put = (...statements: readonly object[]) =>
  call('putBucketPolicy', { Policy: JSON.stringify(policyOf(...statements)) });

const merged: Made = {
  before: { policy: policyOf(first), other: 1 },
  calls: [put(first, ours)],
  back: [put(first)],
};
const made: Made = {
  before: { policy: null },
  calls: [put(ours)],
  back: [call('deleteBucketPolicy', {})],
};
const removed: Made = {
  before: { policy: policyOf(ours) },
  calls: [call('deleteBucketPolicy', {})],
  back: [put(ours)],
};
const retention: Made = {
  before: { instance: { BackupRetentionPeriod: 0, MultiAZ: false } },
  calls: [call('modifyDBInstance', { BackupRetentionPeriod: 7, ApplyImmediately: true })],
  back: [call('modifyDBInstance', { BackupRetentionPeriod: 0, ApplyImmediately: true })],
};
const policySet: Made = {
  before: { passwords: null },
  calls: [call('updateAccountPasswordPolicy', { MinimumPasswordLength: 14, RequireNumbers: true })],
  back: [call('deleteAccountPasswordPolicy', {})],
};
const passwords = (more: object) => ({
  passwords: { MinimumPasswordLength: 14, RequireNumbers: true, RequireSymbols: false, ...more },
});
const instance = (days: number, MultiAZ = false) => ({
  instance: { BackupRetentionPeriod: days, MultiAZ },
});

const cases: Record<string, [made: Made, now: Record<string, unknown>, facets: string[]]> = {
  'nothing was called yet': [merged, merged.before, []],
  'the call was made': [merged, { policy: policyOf(first, ours), other: 1 }, []],
  'somebody added to what the call put there': [
    merged,
    { policy: policyOf(first, ours, { Sid: 'Theirs' }), other: 1 },
    ['policy'],
  ],
  'somebody changed it before the call': [
    merged,
    { policy: policyOf({ Sid: 'Theirs' }), other: 1 },
    ['policy'],
  ],
  'a policy that is read as a text was put there by the call': [
    {
      ...merged,
      before: { policy: JSON.stringify(policyOf(first)) },
    },
    { policy: JSON.stringify(policyOf(first, ours)) },
    [],
  ],
  'a policy that is read as a text is somebody else’s': [
    { ...merged, before: { policy: JSON.stringify(policyOf(first)) } },
    { policy: JSON.stringify(policyOf(ours)) },
    ['policy'],
  ],
  'somebody deleted it': [merged, { policy: undefined, other: 1 }, ['policy']],
  'what was absent is what the call made': [made, { policy: policyOf(ours) }, []],
  'what was absent is somebody else’s': [made, { policy: policyOf(first) }, ['policy']],
  'what the call deletes is gone': [removed, { policy: undefined }, []],
  'what the call deletes is another one': [removed, { policy: policyOf(first) }, ['policy']],
  'settings that were absent are what the call made them': [policySet, passwords({}), []],
  'a setting that was absent is what somebody made it': [
    policySet,
    passwords({ MinimumPasswordLength: 8 }),
    ['passwords'],
  ],
  'a setting that the call left out was made by somebody': [
    policySet,
    passwords({ MaxPasswordAge: 90 }),
    ['passwords'],
  ],
  'settings that were absent are gone again': [policySet, { passwords: null }, []],
  'a setting is what the call made it': [retention, instance(7), []],
  'a setting is what somebody made it': [retention, instance(14), ['instance']],
  'another setting of the same facet was changed': [retention, instance(0, true), []],
};

describe('what the calls of an action do not explain', () => {
  it.each(Object.entries(cases))('%s', (_, [one, now, facets]) => {
    expect(unexplained(type, one, now)).toEqual(facets);
  });
});
