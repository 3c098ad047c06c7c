import { dynamodbTable } from '../../resources/dynamodb/dynamodb-table.ts';
import { policyOf, settingsOf } from '../answers/dynamodb.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';

const places = placesIn({
  'table.refusesDeletion': 'DeletionProtectionEnabled',
  recovery: 'PointInTimeRecoverySpecification',
});

const shared: Omit<DeclaredType, 'as'> = {
  type: dynamodbTable,
  id: ({ name }) => name,
  placeOf(resource, stack, evidence) {
    if (evidence.startsWith('policy'))
      return {
        declared: resource.declared,
        path: [...policyOf(resource).path, ...stepsOf(evidence).slice(1)],
      };
    const found = places(resource, stack, evidence.replace(/^recovery\..*$/, 'recovery'));
    return found && { ...found, path: [...settingsOf(resource).path, ...found.path] };
  },
};

export const declaredTables: readonly DeclaredType[] = [
  { ...shared, as: 'AWS::DynamoDB::Table' },
  { ...shared, as: 'AWS::DynamoDB::GlobalTable' },
];
