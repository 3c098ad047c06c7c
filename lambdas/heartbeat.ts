import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import { sdkClients } from '../lib/aws/clients.ts';
import { beatAll, throwIfLost } from '../lib/aws/heartbeat.ts';

const environment = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const heart = {
  clients: sdkClients({ region: environment('AWS_REGION') }),
  documents: DynamoDBDocument.from(new DynamoDB()),
  table: environment('POSTURE_TABLE'),
  clock: () => new Date(),
};
const keys = environment('HEARTBEAT_KEYS').split(' ');

export const handler = middy(async () => {
  throwIfLost(await beatAll(heart, keys));
});
