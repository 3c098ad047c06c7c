import { streamKeepsRecords } from '../../../lib/controls/kinesis/stream-keeps-records.ts';
import { testControl } from '../harness.ts';

const kept = (retentionHours: number | undefined) => ({
  stream: { state: 'ACTIVE' as const, isEncrypted: false, kmsKey: undefined, retentionHours },
});
const plan = (RetentionPeriodHours: number) =>
  ({
    risk: 'disruptive',
    calls: ['kinesis.increaseStreamRetentionPeriod'],
    input: { StreamName: 'example', RetentionPeriodHours },
  }) as const;

testControl(streamKeepsRecords, {
  rows: {
    'for a week': { given: kept(168), verdict: 'PASS' },
    'for a year': { given: kept(8760), verdict: 'PASS' },
    'for an hour less than a week': {
      given: kept(167),
      verdict: 'FAIL',
      plan: plan(168),
      evidence: ['stream.retentionHours'],
    },
    'for a day, as a stream begins': { given: kept(24), verdict: 'FAIL', plan: plan(168) },
    'for a day, where a day is enough': {
      given: kept(24),
      parameters: { minimumBackupRetentionPeriod: 24 },
      verdict: 'PASS',
    },
    'for a week, where a month is asked for': {
      given: kept(168),
      parameters: { minimumBackupRetentionPeriod: 720 },
      verdict: 'FAIL',
      plan: plan(720),
    },
    'Kinesis does not say': { given: kept(undefined), verdict: 'UNKNOWN' },
    'it is being changed': {
      given: { stream: { ...kept(24).stream, state: 'UPDATING' } },
      verdict: 'FAIL',
      plan: { proposal: /UPDATING/ },
    },
    'it is being created': {
      given: { stream: { ...kept(24).stream, state: 'CREATING' } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being deleted': {
      given: { stream: { ...kept(24).stream, state: 'DELETING' } },
      verdict: 'NOT_APPLICABLE',
      reason: /deleted/,
    },
  },
});
