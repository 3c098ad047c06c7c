import { tableRefusesDeletion } from '../../../lib/controls/dynamodb/table-refuses-deletion.ts';
import { testControl } from '../harness.ts';

const table = { state: 'ACTIVE', refusesDeletion: true } as const;
const deletable = { ...table, refusesDeletion: false } as const;

testControl(tableRefusesDeletion, {
  rows: {
    'it is on': { given: { table }, verdict: 'PASS' },
    'it is off, as by default': {
      given: { table: deletable },
      verdict: 'FAIL',
      evidence: ['table.refusesDeletion'],
      plan: {
        risk: 'safe',
        calls: ['dynamodb.updateTable'],
        input: { TableName: 'example', DeletionProtectionEnabled: true },
      },
    },
    'one that is being made': {
      given: { table: { ...deletable, state: 'CREATING' } },
      verdict: 'FAIL',
      plan: { proposal: /CREATING/ },
    },
    'one that is archived as its key is lost': {
      given: { table: { ...deletable, state: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' } },
      verdict: 'FAIL',
      plan: { proposal: /INACCESSIBLE/ },
    },
  },
});
