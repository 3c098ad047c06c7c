import { call, defineControl, fail, pass, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { kinesisStream } from '../../resources/kinesis/kinesis-stream.ts';
import { plural } from '../../support/plural.ts';
import { notNow, outOfScope } from './shared/stream-state.ts';

export const streamKeepsRecords = defineControl(kinesisStream, {
  id: 'Kinesis.3',
  title: 'Kinesis streams should have an adequate data retention period',
  severity: 'MEDIUM',
  rationale: 'A stream begins with one day: what a consumer that stood still did not read is lost.',
  standards: { 'fsbp-1.0.0': ['Kinesis.3'] },
  needs: ['stream'],
  // https://docs.aws.amazon.com/config/latest/developerguide/kinesis-stream-backup-retention-check.html
  parameters: { minimumBackupRetentionPeriod: integer({ default: 168, min: 24, max: 8760 }) },
  evaluate({ stream }, { parameters: { minimumBackupRetentionPeriod: expected } }) {
    const { retentionHours: actual } = stream;
    if (actual === undefined) return unknown('Kinesis does not say how long it keeps records');
    const isShort = actual < expected;
    return (
      outOfScope(stream) ??
      (isShort
        ? fail('records are kept for too few hours', [
            { path: 'stream.retentionHours', actual, expected },
          ])
        : pass)
    );
  },
  remediation: {
    advice:
      'Keep records for longer. AWS charges for each hour after the first day, and again after seven days. To keep them for less again loses what is older at once.',
    grants: [
      {
        actions: ['kinesis:IncreaseStreamRetentionPeriod', 'kinesis:DecreaseStreamRetentionPeriod'],
        on: ({ arn }) => [arn],
      },
    ],
    plan({ stream }, { ref: { id: StreamName }, parameters }) {
      const hours = (RetentionPeriodHours: number) => ({ StreamName, RetentionPeriodHours });
      const { minimumBackupRetentionPeriod: wanted } = parameters;
      return (
        notNow(stream) ?? {
          kind: 'calls',
          // It costs.
          risk: 'disruptive',
          summary: `keeps records for ${plural(wanted, 'hour')}`,
          calls: [call('kinesis', 'increaseStreamRetentionPeriod', hours(wanted))],
          undo: {
            calls: [
              call('kinesis', 'decreaseStreamRetentionPeriod', hours(stream.retentionHours ?? 24)),
            ],
            widensAccess: false,
          },
        }
      );
    },
  },
});
