import { call, defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { kmsKey } from '../../resources/kms/kms-key.ts';

export const keyIsNotDeleted = defineControl(kmsKey, {
  id: 'KMS.3',
  title: 'AWS KMS keys should not be deleted unintentionally',
  severity: 'CRITICAL',
  rationale: 'What a key has encrypted can never be read again once the key is deleted.',
  standards: { 'fsbp-1.0.0': ['KMS.3'], 'nist-800-53-r5': ['SC-12', 'SC-12(2)'] },
  needs: ['key'],
  evaluate({ key }) {
    if (key.manager === 'AWS') return notApplicable('nobody can delete a key of AWS');
    if (!/^Pending(Replica)?Deletion$/.test(key.state ?? '')) return pass;
    return fail('the key waits for its deletion', [
      { path: 'key.state', actual: key.state, expected: 'a state in which it stays' },
    ]);
  },
  remediation: {
    advice:
      'Cancel the deletion, then enable the key: it stays disabled until somebody does. Where it is to go after all, look in CloudTrail for its last use, and exempt it until then.',
    grants: [{ actions: ['kms:CancelKeyDeletion'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id: KeyId } }) => ({
      kind: 'calls',
      // https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
      risk: 'disruptive',
      summary: 'cancels the deletion of the key, which stays disabled until somebody enables it',
      calls: [call('kms', 'cancelKeyDeletion', { KeyId })],
      undo: {
        impossible: 'a deletion is scheduled by a person alone, with kms:ScheduleKeyDeletion',
      },
    }),
  },
});
