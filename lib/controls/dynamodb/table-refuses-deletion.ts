import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { dynamodbTable } from '../../resources/dynamodb/dynamodb-table.ts';

export const tableRefusesDeletion = defineControl(dynamodbTable, {
  id: 'DynamoDB.6',
  title: 'DynamoDB tables should have deletion protection enabled',
  severity: 'MEDIUM',
  rationale: 'Deletion protection stands between one mistaken or hostile call and the data.',
  standards: {
    'fsbp-1.0.0': ['DynamoDB.6'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)'],
  },
  needs: ['table'],
  evaluate: ({ table: { refusesDeletion } }) =>
    refusesDeletion
      ? pass
      : fail('the table can be deleted by one call', [
          { path: 'table.refusesDeletion', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on deletion protection; it takes effect at once and interrupts nothing. Of a global table do so in each region.',
    grants: [{ actions: ['dynamodb:UpdateTable'], on: ({ arn }) => [arn] }],
    plan({ table: { state } }, { ref: { id: TableName } }) {
      if (state !== 'ACTIVE') return propose(`its state is ${state ?? 'not known'}`);
      const set = (DeletionProtectionEnabled: boolean) =>
        call('dynamodb', 'updateTable', { TableName, DeletionProtectionEnabled });
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'turns on deletion protection of the table',
        calls: [set(true)],
        undo: { calls: [set(false)], widensAccess: false },
      };
    },
  },
});
