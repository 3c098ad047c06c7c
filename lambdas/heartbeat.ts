import middy from '@middy/core';
import { sdkClients } from '../lib/aws/clients.ts';
import { beatAll, throwIfLost } from '../lib/pipeline/heartbeat/heartbeat.ts';
import { dynamoDbIn, required } from '../lib/pipeline/runtime/environment.ts';

const region = required('AWS_REGION');
const heart = {
  clients: sdkClients({ region }),
  dynamoDb: await dynamoDbIn(region),
  table: required('POSTURE_TABLE'),
  clock: () => new Date(),
};
const keys = required('HEARTBEAT_KEYS').split(' ');

export const handler = middy(async () => {
  throwIfLost(await beatAll(heart, keys));
});
