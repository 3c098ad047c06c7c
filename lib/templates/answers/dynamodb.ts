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

/** What is set on the table itself; a global one says it for the replica of each region. */
export const settingsOf = (stack: Stack, table: Resource): Part => {
  if (table.declared.type !== globalTable) return table.properties;
  const { region } = stack.template.deployment;
  const replicas = table.get('Replicas').items();
  const own = replicas.find((one) => one.get('Region').name() === region);
  if (!own) throw new Unresolved(`the replica of ${region}, which the template does not say`);
  return own;
};

const described: Answer = (stack, { TableName }) => {
  const table = tableNamed(stack, TableName);
  return {
    Table: lazily({
      TableStatus: () => 'ACTIVE',
      DeletionProtectionEnabled: () =>
        settingsOf(stack, table).get('DeletionProtectionEnabled').flag() ?? false,
    }),
  };
};

const recovery: Answer = (stack, { TableName }) => {
  const set = settingsOf(stack, tableNamed(stack, TableName)).get(
    'PointInTimeRecoverySpecification',
  );
  const isOn = set.get('PointInTimeRecoveryEnabled').flag() ?? false;
  return {
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: isOn ? 'ENABLED' : 'DISABLED' },
    },
  };
};

const policy: Answer = (stack, { ResourceArn }) => {
  const table = tableNamed(stack, ResourceArn);
  const set = settingsOf(stack, table).get('ResourcePolicy', 'PolicyDocument');
  if (!set.isSet) throw awsError('PolicyNotFoundException');
  return { Policy: policyText(set, { ...stack.template.deployment, arn: table.arn }) };
};

export const dynamodbAnswers: Answers = {
  describeTable: described,
  describeContinuousBackups: recovery,
  getResourcePolicy: policy,
};
