import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, type Turn } from './turn.ts';

const policy = (Action: string, Resource: string, more: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'orders', Effect: 'Allow', Action, Resource, ...more }],
  });
const own = { Principal: { AWS: `arn:aws:iam::${account}:root` } };
const everybody = { Principal: '*' };
const outside = { Principal: { AWS: 'arn:aws:iam::999999999999:root' } };

/** What its plan would write a person writes: whoever may write one bus may write each. */
const bus = (control: string, wrong: object): Turn => {
  const set = async (clients: Clients, EventBusName: string, more: object) =>
    (await clients('eventbridge')).putPermission({
      EventBusName,
      Policy: policy(
        'events:PutEvents',
        `arn:aws:events:us-east-1:${account}:event-bus/${EventBusName}`,
        more,
      ),
    });
  return {
    control,
    type: 'AWS::Events::EventBus',
    make: async (clients) => {
      const Name = nameOf('turn');
      await (await clients('eventbridge')).createEventBus({ Name });
      return Name;
    },
    wrong: (clients, id) => set(clients, id, wrong),
    right: (clients, id) => set(clients, id, own),
  };
};

const privateApi: Turn = {
  control: 'PL.APIGATEWAY.1',
  type: 'AWS::ApiGateway::RestApi',
  make: async (clients) => {
    const { id = '' } = await (await clients('apigateway')).createRestApi({
      name: nameOf('turn'),
      endpointConfiguration: { types: ['PRIVATE'] },
      policy: policy('execute-api:Invoke', '*', own),
    });
    return id;
  },
  wrong: (clients, id) => callers(clients, id, everybody),
  right: (clients, id) => callers(clients, id, own),
};
async function callers(clients: Clients, restApiId: string, more: object) {
  await (await clients('apigateway')).updateRestApi({
    restApiId,
    patchOperations: [
      { op: 'replace', path: '/policy', value: policy('execute-api:Invoke', '*', more) },
    ],
  });
}

export const policyTurns: readonly Turn[] = [
  bus('PL.POLICY.3', everybody),
  bus('PL.POLICY.1', outside),
  bus('PL.POLICY.2', { Principal: { Service: 's3.amazonaws.com' } }),
  privateApi,
];
