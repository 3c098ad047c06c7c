import { SSM } from '@aws-sdk/client-ssm';
import { createBreaker } from '../../../lib/aws/stores/breaker.ts';
import { populationKey } from '../../../lib/aws/stores/population.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { givenTables } from '../../fakes/fresh-table.ts';

const control = 'EC2.13';
const type = 'AWS::EC2::SecurityGroup';
const start = Date.parse('2026-06-15T12:55:00Z');
const at = (minutes: number) => new Date(start + minutes * 60_000);
const mallory = 'arn:aws:iam::123456789012:user/mallory';
const alice = 'arn:aws:iam::123456789012:user/alice';
const account = '123456789012';
const member = '444455556666';

let moto: Moto;
let ssm: SSM;
let breakers = 0;
const fresh = givenTables();
beforeAll(async () => {
  moto = await startMoto();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  ssm = new SSM({ region: 'us-east-1', endpoint: moto.url, credentials });
}, 60_000);
afterAll(async () => {
  ssm.destroy();
  await moto.stop();
});

const given = async (population = 30) => {
  const { dynamoDb, table } = await fresh();
  await dynamoDb.put({ TableName: table, Item: { ...populationKey(type), count: population } });
  breakers += 1;
  const path = `/breakers${breakers}/`;
  const breaker = createBreaker({
    dynamoDb,
    account,
    table,
    posture: table,
    ssm: async () => ssm,
    path: () => path,
    limits: { perHour: 20, share: 0.1, atLeast: 3, reserve: 2, closesAfterMinutes: 60 },
  });
  const reserveIn =
    (owner: string) =>
    (action: string, minutes = 0, actor = mallory, isUrgent = false) =>
      breaker.reserve(
        { control, account: owner, type, action, actors: [actor], isUrgent },
        at(minutes),
      );
  const openIn = (owner: string, actors: readonly string[], minutes: number) =>
    breaker.open({ control, account: owner, actors }, at(minutes));
  return { breaker, reserve: reserveIn(account), reserveIn, openIn, path };
};

it('fifty reservations at once get three slots, and each asks again to no avail', async () => {
  const { reserve } = await given();
  const all = Array.from({ length: 50 }, (_, index) => `pl-${index}`);
  const lanes = Array.from({ length: 5 }, (_, lane) => all.filter((__, i) => i % 5 === lane));
  const taken: string[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      for (const action of lane) if (!(await reserve(action))) taken.push(action);
    }),
  );
  expect(taken).toHaveLength(3);
  for (const action of taken) expect(await reserve(action)).toBeUndefined();
});

it('the window slides: a slot is free an hour after it was taken, not with the next hour', async () => {
  const { reserve } = await given();
  for (const action of ['a', 'b', 'c']) expect(await reserve(action)).toBeUndefined();
  expect(await reserve('d', 10)).toMatchObject({ limit: 3, until: at(60) });
  expect(await reserve('d', 61)).toBeUndefined();
});

it('the number that is shown is the number in force, and whose it is', async () => {
  const { breaker, reserve, openIn } = await given();
  for (const action of ['a', 'b', 'c']) await reserve(action);
  const refusal = await reserve('d');
  if (!refusal) throw new Error('it got a slot');
  const open = await breaker.trip({ control, account }, refusal, at(0));
  expect(open).toMatchObject({ account, actions: 3, actors: [mallory] });
  expect(await breaker.trip({ control, account }, refusal, at(0))).toBeUndefined();
  expect(await breaker.all()).toEqual([{ ...open }]);
  expect(await openIn(account, [mallory], 1)).toEqual(open);
  // Others have a budget of their own.
  expect(await openIn(account, [alice], 1)).toBeUndefined();
  expect(await openIn(account, [mallory, alice], 1)).toBeUndefined();
  expect(await openIn(account, [mallory], 61)).toBeUndefined();
  expect(await reserve('e', 1, alice)).toBeUndefined();
});

it('what is urgent has a reserve', async () => {
  const { reserve } = await given();
  for (const action of ['a', 'b', 'c', 'd', 'e']) await reserve(action, 0, mallory, true);
  expect(await reserve('f', 0, mallory, true)).toMatchObject({ limit: 3 });
  expect(await reserve('e', 0, mallory, true)).toBeUndefined();
});

const tripped = async () => {
  const made = await given();
  const { breaker, reserve, path } = made;
  for (const action of ['a', 'b', 'c']) await reserve(action);
  const refusal = await reserve('d');
  if (!refusal) throw new Error('it got a slot');
  const open = await breaker.trip({ control, account }, refusal, at(0));
  return { ...made, open, Name: `${path}${control}` };
};

it('closing it frees the slots', async () => {
  const { breaker, reserve, openIn } = await tripped();
  expect(await breaker.close(control)).toBe(true);
  expect(await reserve('d', 1)).toBeUndefined();
  expect(await openIn(account, [mallory], 1)).toBeUndefined();
  expect(await breaker.close(control)).toBe(false);
});

describe('who may write parameters, and not the ledger, closes nothing', () => {
  const saying = (said: object) => (Name: string) =>
    ssm.putParameter({ Name, Value: JSON.stringify(said), Overwrite: true });
  it.each<[string, (Name: string) => Promise<unknown>]>([
    ['where it is deleted', (Name) => ssm.deleteParameter({ Name })],
    ['where it says a time that is over', saying({ until: at(-1).toISOString(), actions: 3 })],
    [
      'where it says other actors',
      saying({ until: at(60).toISOString(), actions: 3, actors: [alice] }),
    ],
  ])('%s', async (_, change) => {
    const { reserve, openIn, open, Name } = await tripped();
    await change(Name);
    expect(await reserve('d', 1)).toBeDefined();
    expect(await openIn(account, [mallory], 1)).toEqual(open);
    expect(await openIn(account, [mallory], 61)).toBeUndefined();
  });

  it('and what was deleted is said again', async () => {
    const { breaker, openIn, open, Name } = await tripped();
    await ssm.deleteParameter({ Name });
    await openIn(account, [mallory], 1);
    expect(await breaker.all()).toEqual([open]);
  });

  it('but opens one for everybody', async () => {
    const { openIn, path } = await given();
    const Value = JSON.stringify({ until: at(60).toISOString(), actions: 1 });
    await ssm.putParameter({ Name: `${path}${control}`, Value, Type: 'String' });
    for (const owner of [account, member])
      expect(await openIn(owner, [alice], 1)).toMatchObject({ actions: 1 });
  });
});

describe('an account', () => {
  const user = (owner: string, index: number) => `arn:aws:iam::${owner}:user/u${index}`;
  /** Twenty failures at once there, each by somebody else: all slots, and the reserve. */
  const filled = async () => {
    const made = await given();
    const there = made.reserveIn(member);
    for (let index = 0; index < 20; index += 1)
      expect(await there(`m-${index}`, 0, user(member, index))).toBeUndefined();
    for (let index = 0; index < 20; index += 1)
      expect(await there(`r-${index}`, 0, user(member, index), true)).toBeUndefined();
    expect(await there('urgent', 0, user(member, 99), true)).toMatchObject({ limit: 20 });
    const refusal = await there('m-20', 0, user(member, 99));
    if (!refusal) throw new Error('it got a slot');
    expect(refusal).toMatchObject({ limit: 20 });
    const open = await made.breaker.trip({ control, account: member }, refusal, at(0));
    return { ...made, there, open };
  };

  it('spends its own slots and its own reserve, and opens its own breaker', async () => {
    const { breaker, reserve, reserveIn, openIn, open } = await filled();
    expect(open).toMatchObject({ control, account: member, actions: 20 });
    expect(open).not.toHaveProperty('actors');
    expect(await openIn(member, [user(member, 1)], 1)).toEqual(open);
    for (const [owner, there] of [
      [account, reserve],
      ['777788889999', reserveIn('777788889999')],
    ] as const) {
      expect(await openIn(owner, [user(member, 1)], 1)).toBeUndefined();
      expect(await openIn(owner, [], 1)).toBeUndefined();
      expect(await there('own', 1)).toBeUndefined();
      expect(await there('own urgent', 1, mallory, true)).toBeUndefined();
    }
    expect(await breaker.all()).toEqual([open]);
  });

  it('has its breaker beside that of the hub, and neither takes the place of the other', async () => {
    const { breaker, reserve, openIn, open, path } = await filled();
    for (const action of ['a', 'b', 'c']) await reserve(action);
    const refusal = await reserve('d');
    if (!refusal) throw new Error('it got a slot');
    const own = await breaker.trip({ control, account }, refusal, at(0));
    expect(own).toMatchObject({ account, actors: [mallory] });
    expect(await openIn(account, [mallory], 1)).toEqual(own);
    expect(await openIn(member, [mallory], 1)).toEqual(open);
    expect(await openIn('777788889999', [mallory], 1)).toBeUndefined();
    const Name = `${path}${control}-${member}`;
    expect((await ssm.getParameter({ Name })).Parameter?.Value).toContain(member);
    await ssm.deleteParameter({ Name });
    expect(await openIn(member, [mallory], 1)).toEqual(open);
  });

  it('is let go with all others when an operator closes the breaker, also where its parameter is gone', async () => {
    const { breaker, there, openIn, path } = await filled();
    await ssm.deleteParameter({ Name: `${path}${control}-${member}` });
    expect(await breaker.close(control)).toBe(true);
    expect(await openIn(member, [], 1)).toBeUndefined();
    expect(await there('m-20', 1, user(member, 99))).toBeUndefined();
    expect(await breaker.all()).toEqual([]);
    expect(await breaker.close(control)).toBe(false);
  });

  it('is stopped by what an earlier release kept, which said no account', async () => {
    const { breaker, openIn, path } = await given();
    const said = { until: at(60).toISOString(), actions: 3, actors: [mallory] };
    const Value = JSON.stringify(said);
    await ssm.putParameter({ Name: `${path}${control}`, Value, Type: 'String' });
    for (const owner of [account, member]) {
      expect(await openIn(owner, [mallory], 1)).toEqual({ control, ...said });
      expect(await openIn(owner, [alice], 1)).toBeUndefined();
    }
    // The hub opens its own for somebody else, and closes nothing with it.
    const refusal = { limit: 3, actors: [alice], until: at(60) };
    await breaker.trip({ control, account }, refusal, at(0));
    for (const owner of [account, member])
      expect(await openIn(owner, [mallory], 1)).toMatchObject({ actors: [mallory, alice] });
  });
});
