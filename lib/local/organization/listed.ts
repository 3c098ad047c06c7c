import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { rosterKey } from '../../aws/stores/roster.ts';
import type { Deployment } from '../deploy/deploy.ts';
import { resourcesOf } from '../deploy/stack-values.ts';

const everyMs = 250;
const mostTries = 480;

/** Waits until Plumbline has listed the accounts: of an account that it has not listed it hears nothing. */
export const untilListed = async (dynamodb: DynamoDB, { stack }: Deployment): Promise<void> => {
  const tables = resourcesOf('AWS::DynamoDB::Table', stack);
  const TableName = tables.find(({ id }) => id.startsWith('Posture'))?.physicalId;
  const Key = { pk: { S: rosterKey }, sk: { S: rosterKey } };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { Item } = await dynamodb.getItem({ TableName, Key });
    if (Item) return;
    await pause(everyMs);
  }
  throw new Error('the accounts of the organization were not listed');
};
