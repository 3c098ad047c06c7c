import { askingTogether, onlyIdIn } from '../../lib/aws/together.ts';
import { ec2 } from '../../lib/services/ec2.ts';
import { rds } from '../../lib/services/rds.ts';
import type { Together } from '../../lib/services/service.ts';

const [groups] = ec2.together ?? [];
const [databases] = rds.together ?? [];
if (!groups || !databases) throw new Error('groups and databases are asked for together');

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

it.each([
  [{ GroupIds: ['sg-1'] }, 'sg-1'],
  [{ GroupIds: ['sg-1', 'sg-2'] }, undefined],
  [{ GroupIds: ['sg-1'], MaxResults: 5 }, undefined],
  [{ MaxResults: 5 }, undefined],
  [{}, undefined],
])('takes %j for a question for %s alone', (input, id) => {
  expect(onlyIdIn(groups, input)).toBe(id);
});
