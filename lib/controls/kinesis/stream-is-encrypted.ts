import { call, defineControl, fail, pass } from '../../model/control.ts';
import { kinesisStream } from '../../resources/kinesis/kinesis-stream.ts';
import { kinesis } from '../../services/kinesis.ts';
import { notNow, outOfScope } from './shared/stream-state.ts';

export const streamIsEncrypted = defineControl(kinesisStream, {
  id: 'Kinesis.1',
  title: 'Kinesis streams should be encrypted at rest',
  severity: 'MEDIUM',
  rationale: 'Records often hold what customers do, as it happens, and stay for a day to a year.',
  standards: {
    'fsbp-1.0.0': ['Kinesis.1'],
    'nist-800-53-r5': [
      ...['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
  },
  needs: ['stream'],
  evaluate: ({ stream }) =>
    outOfScope(stream) ??
    (stream.isEncrypted
      ? pass
      : fail('records are stored as they are', [
          { path: 'stream.isEncrypted', actual: false, expected: true },
        ])),
  remediation: {
    advice:
      'Turn on encryption with a key of KMS. With the key of the service, alias/aws/kinesis, principals of the account need no further permission, and those of other accounts cannot use the stream; with a key of your own whoever writes needs kms:GenerateDataKey and whoever reads kms:Decrypt. KMS charges for requests.',
    // The key of the service asks for no permission of its own:
    // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
    grants: [
      {
        actions: ['kinesis:StartStreamEncryption', 'kinesis:StopStreamEncryption'],
        // Which key the service has is not known before.
        on: ({ arn, ref }) => [arn, kinesis.arn('kmsKey', ref, '*')],
      },
    ],
    plan({ stream }, { ref: { id: StreamName } }) {
      const asked = {
        StreamName,
        EncryptionType: 'KMS' as const,
        KeyId: 'alias/aws/kinesis',
      };
      return (
        notNow(stream) ?? {
          kind: 'calls',
          // Requests to KMS cost, and whoever uses it from another account cannot any more.
          risk: 'disruptive',
          summary: 'encrypts new records with the key that KMS keeps for Kinesis',
          calls: [call('kinesis', 'startStreamEncryption', asked)],
          undo: {
            calls: [call('kinesis', 'stopStreamEncryption', asked)],
            // Who could not use the key uses the stream again.
            widensAccess: true,
          },
        }
      );
    },
  },
});
