import middy from '@middy/core';
import { sdkClients } from '../lib/aws/clients.ts';
import { documentsIn, required } from '../lib/aws/environment.ts';
import { beatAll, throwIfLost } from '../lib/aws/heartbeat.ts';

const region = required('AWS_REGION');
const heart = {
  clients: sdkClients({ region }),
  documents: await documentsIn(region),
  table: required('POSTURE_TABLE'),
  clock: () => new Date(),
};
const keys = required('HEARTBEAT_KEYS').split(' ');

export const handler = middy(async () => {
  throwIfLost(await beatAll(heart, keys));
});
