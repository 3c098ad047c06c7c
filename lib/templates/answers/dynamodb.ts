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

/** Where a table's settings stand: on the table itself, or for a global one on the replica of each region. */
export const allSettingsOf = (table: Resource): readonly Part[] =>
  table.declared.type === globalTable ? table.get('Replicas').items() : [table.properties];

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
    say: (path) => `the replica is that of ${all.get(String(path))?.get('Region').name() ?? path}`,
  });
  return all.get(String(chosen)) ?? first;
};

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
  const set = settingsOf(table).get('ResourcePolicy', 'PolicyDocument');
  if (!set.isSet) throw awsError('PolicyNotFoundException');
  return { Policy: policyText(set, { ...stack.template.deployment, arn: table.arn }) };
};

export const dynamodbAnswers: Answers = {
  describeTable: described,
  describeContinuousBackups: recovery,
  getResourcePolicy: policy,
};
