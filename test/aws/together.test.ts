import { askingTogether, onlyIdIn } from '../../lib/aws/together.ts';
import { ec2 } from '../../lib/services/ec2.ts';
import { rds } from '../../lib/services/rds.ts';
import type { Together } from '../../lib/services/service.ts';
import { ssm } from '../../lib/services/ssm.ts';

const [groups] = ec2.together ?? [];
const [databases] = rds.together ?? [];
const [machines] = ssm.together ?? [];
if (!groups || !databases || !machines)
  throw new Error('groups, databases and machines are asked for together');

/** A service that knows these groups, and fails for an id that it does not know, as EC2 does. */
const service = (...known: readonly string[]) => {
  const calls: string[][] = [];
  const send = async (input: object) => {
    const ids: string[] = Reflect.get(input, 'GroupIds');
    calls.push(ids);
    const missing = ids.find((id) => !known.includes(id));
    if (missing) throw Object.assign(new Error(missing), { name: 'InvalidGroup.NotFound' });
    return { SecurityGroups: ids.map((GroupId) => ({ GroupId })) };
  };
  return { calls, send };
};
const ask = (together: Together, send: (input: object) => Promise<unknown>, ids: string[]) => {
  const one = askingTogether(together, send);
  return Promise.allSettled(ids.map(one));
};

it('asks once for all, and gives each its own', async () => {
  const { calls, send } = service('sg-1', 'sg-2', 'sg-3');
  expect(await ask(groups, send, ['sg-1', 'sg-2', 'sg-3'])).toEqual(
    ['sg-1', 'sg-2', 'sg-3'].map((GroupId) => ({
      status: 'fulfilled',
      value: { SecurityGroups: [{ GroupId }] },
    })),
  );
  expect(calls).toEqual([['sg-1', 'sg-2', 'sg-3']]);
});

it('asks for one as it always was', async () => {
  const { calls, send } = service('sg-1');
  await ask(groups, send, ['sg-1']);
  expect(calls).toEqual([['sg-1']]);
});

it('leaves the error of one that is gone to that one', async () => {
  const { calls, send } = service('sg-1', 'sg-3');
  const said = await ask(groups, send, ['sg-1', 'sg-2', 'sg-3']);
  expect(said.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(said[1]).toMatchObject({ reason: { name: 'InvalidGroup.NotFound' } });
  expect(calls).toEqual([['sg-1', 'sg-2', 'sg-3'], ['sg-1'], ['sg-2'], ['sg-3']]);
});

it('does not ask a service that is busy once for each', async () => {
  let calls = 0;
  const said = await ask(groups, async () => {
    calls += 1;
    const $metadata = { httpStatusCode: 503 };
    throw Object.assign(new Error('slow down'), { name: 'RequestLimitExceeded', $metadata });
  }, ['sg-1', 'sg-2']);
  expect(said.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(calls).toBe(1);
});

it('asks alone for what a filtered answer leaves out', async () => {
  const inputs: object[] = [];
  const said = await ask(
    databases,
    async (input) => {
      inputs.push(input);
      if ('Filters' in input) return { DBInstances: [{ DBInstanceIdentifier: 'Orders' }] };
      throw Object.assign(new Error('gone'), { name: 'DBInstanceNotFoundFault' });
    },
    ['orders', 'lost'],
  );
  expect(said).toMatchObject([
    { value: { DBInstances: [{ DBInstanceIdentifier: 'Orders' }] } },
    { reason: { name: 'DBInstanceNotFoundFault' } },
  ]);
  expect(inputs).toEqual([
    { Filters: [{ Name: 'db-instance-id', Values: ['orders', 'lost'] }] },
    { DBInstanceIdentifier: 'lost' },
  ]);
});

it('takes what a filter leaves out for what is not there, and asks for as many as a page has', async () => {
  const inputs: object[] = [];
  const ids = Array.from({ length: 60 }, (_, index) => `i-${index}`);
  const said = await ask(
    machines,
    async (input) => {
      inputs.push(input);
      return { InstanceInformationList: [{ InstanceId: 'i-1' }] };
    },
    ids,
  );
  const values = said.map((one) => one.status === 'fulfilled' && one.value);
  expect(values[1]).toEqual({ InstanceInformationList: [{ InstanceId: 'i-1' }] });
  expect(values[2]).toEqual({ InstanceInformationList: [] });
  expect(inputs).toEqual(
    [ids.slice(0, 50), ids.slice(50)].map((Values) => ({
      Filters: [{ Key: 'InstanceIds', Values }],
      MaxResults: 50,
    })),
  );
});

it('asks by a filter for one alone', async () => {
  const inputs: object[] = [];
  await ask(machines, async (input) => inputs.push(input), ['i-1']);
  expect(inputs).toEqual([{ Filters: [{ Key: 'InstanceIds', Values: ['i-1'] }] }]);
});

it.each([
  [{ Filters: [{ Key: 'InstanceIds', Values: ['i-1'] }] }, 'i-1'],
  [{ Filters: [{ Key: 'InstanceIds', Values: ['i-1', 'i-2'] }] }, undefined],
  [{ Filters: [{ Key: 'PingStatus', Values: ['Online'] }] }, undefined],
  [{ Filters: [] }, undefined],
])('takes the filter %j for a question for %s alone', (input, id) => {
  expect(onlyIdIn(machines, input)).toBe(id);
});

it.each([
  [{ GroupIds: ['sg-1'] }, 'sg-1'],
  [{ GroupIds: ['sg-1', 'sg-2'] }, undefined],
  [{ GroupIds: ['sg-1'], MaxResults: 5 }, undefined],
  [{ MaxResults: 5 }, undefined],
  [{}, undefined],
])('takes %j for a question for %s alone', (input, id) => {
  expect(onlyIdIn(groups, input)).toBe(id);
});
