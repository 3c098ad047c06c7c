import { Unresolved } from '../../model/unresolved.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError } from './answer.ts';
import { policyText } from './policy-text.ts';

const globalTable = 'AWS::DynamoDB::GlobalTable';
const tableNamed = (stack: Stack, name: unknown): Resource => {
  const found = stack.find(
    ['AWS::DynamoDB::Table', globalTable],
    (one) => one.name === name || one.arn === name,
  );
  if (!found) throw awsError('ResourceNotFoundException');
  return found;
};

/**
 * Where a table's settings stand: on the table itself, or for a global one on the replica of each region. Terraform alone declares
 * replicas beside the table.
 */
export const allSettingsOf = (table: Resource): readonly Part[] => {
  const replicas = table.listed('Replicas');
  return table.declared.type === globalTable ? replicas : [table.properties, ...replicas];
};

/**
 * The settings of the table, or of one replica: CloudFormation makes the table in each of the regions, so each replica is
 * looked at, and the worst counts.
 */
export const settingsOf = (table: Resource): Part => {
  const [first, ...others] = allSettingsOf(table);
  if (!first) throw new Unresolved('the replicas of the table, which the template does not say');
  if (others.length === 0) return first;
  const all = new Map([first, ...others].map((one) => [one.path.join('.'), one]));
  const chosen = table.properties.scope.world.choose({
    id: `replica of ${table.declared.logicalId}`,
    kind: 'allowed',
    values: [...all.keys()],
    say: (path) =>
      path === ''
        ? 'the table is that of its own Region'
        : `the replica is that of ${all.get(String(path))?.get('Region').name() ?? path}`,
  });
  return all.get(String(chosen)) ?? first;
};

/** The policy of the table, or of a replica of a global one; beside a table replicas have none. */
export const policyOf = (table: Resource): Part =>
  (table.declared.type === globalTable ? settingsOf(table) : table.properties).get(
    'ResourcePolicy',
    'PolicyDocument',
  );

const described: Answer = (stack, { TableName }) => {
  const table = tableNamed(stack, TableName);
  return {
    Table: lazily({
      TableStatus: () => 'ACTIVE',
      DeletionProtectionEnabled: () =>
        settingsOf(table).get('DeletionProtectionEnabled').flag() ?? false,
    }),
  };
};

const recovery: Answer = (stack, { TableName }) => {
  const set = settingsOf(tableNamed(stack, TableName)).get('PointInTimeRecoverySpecification');
  const isOn = set.get('PointInTimeRecoveryEnabled').flag() ?? false;
  return {
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: isOn ? 'ENABLED' : 'DISABLED' },
    },
  };
};

const policy: Answer = (stack, { ResourceArn }) => {
  const table = tableNamed(stack, ResourceArn);
  const set = policyOf(table);
  if (!set.isSet) throw awsError('PolicyNotFoundException');
  return { Policy: policyText(set, { ...stack.template.deployment, arn: table.arn }) };
};

export const dynamodbAnswers: Answers = {
  describeTable: described,
  describeContinuousBackups: recovery,
  getResourcePolicy: policy,
};
