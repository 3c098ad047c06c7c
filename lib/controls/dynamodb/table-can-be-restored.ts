import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { dynamodbTable } from '../../resources/dynamodb/dynamodb-table.ts';

export const tableCanBeRestored = defineControl(dynamodbTable, {
  id: 'DynamoDB.2',
  title: 'DynamoDB tables should have point-in-time recovery enabled',
  severity: 'MEDIUM',
  rationale:
    'What a mistake or an attacker overwrote comes back from no backup that was made after it.',
  standards: {
    'fsbp-1.0.0': ['DynamoDB.2'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SI-12', 'SI-13(5)'],
  },
  needs: ['recovery'],
  evaluate: ({ recovery: { isOn } }) =>
    isOn
      ? pass
      : fail('the table cannot be restored as it was at a moment', [
          { path: 'recovery.isOn', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on point-in-time recovery. AWS charges for the size of the table. To turn it off again loses every moment that could be restored.',
    needs: ['table'],
    grants: [{ actions: ['dynamodb:UpdateContinuousBackups'], on: ({ arn }) => [arn] }],
    plan({ table: { state } }, { ref: { id: TableName } }) {
      if (state !== 'ACTIVE') return propose(`its state is ${state ?? 'not known'}`);
      const set = (PointInTimeRecoveryEnabled: boolean) =>
        call('dynamodb', 'updateContinuousBackups', {
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
        });
      return {
        kind: 'calls',
        // It costs.
        risk: 'disruptive',
        summary: 'turns on point-in-time recovery of the table',
        calls: [set(true)],
        undo: { calls: [set(false)], widensAccess: false },
      };
    },
  },
});
