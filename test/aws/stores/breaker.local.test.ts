import { SSM } from '@aws-sdk/client-ssm';
import { createBreaker, populationKey } from '../../../lib/aws/stores/breaker.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { givenTables } from '../../fakes/fresh-table.ts';

const control = 'EC2.13';
const type = 'AWS::EC2::SecurityGroup';
const start = Date.parse('2026-06-15T12:55:00Z');
const at = (minutes: number) => new Date(start + minutes * 60_000);
const mallory = 'arn:aws:iam::123456789012:user/mallory';
const alice = 'arn:aws:iam::123456789012:user/alice';

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
  const { documents, table } = await fresh();
  await documents.put({ TableName: table, Item: { ...populationKey(type), count: population } });
  breakers += 1;
  const path = `/breakers${breakers}/`;
  const breaker = createBreaker({
    documents,
    table,
    posture: table,
    ssm: async () => ssm,
    path: () => path,
    limits: { perHour: 20, share: 0.1, atLeast: 3, reserve: 2, closesAfterMinutes: 60 },
  });
  const reserve = (action: string, minutes = 0, actor = mallory, isUrgent = false) =>
    breaker.reserve({ control, type, action, actors: [actor], isUrgent }, at(minutes));
  return { breaker, reserve, path };
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
  const { breaker, reserve } = await given();
  for (const action of ['a', 'b', 'c']) await reserve(action);
  const refusal = await reserve('d');
  if (!refusal) throw new Error('it got a slot');
  const open = await breaker.trip(control, refusal, at(0));
  expect(open).toMatchObject({ actions: 3, actors: [mallory] });
  expect(await breaker.trip(control, refusal, at(0))).toBeUndefined();
  expect(await breaker.all()).toEqual([{ ...open }]);
  expect(await breaker.open(control, [mallory], at(1))).toEqual(open);
  // Others have a budget of their own.
  expect(await breaker.open(control, [alice], at(1))).toBeUndefined();
  expect(await breaker.open(control, [mallory, alice], at(1))).toBeUndefined();
  expect(await breaker.open(control, [mallory], at(61))).toBeUndefined();
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
  const open = await breaker.trip(control, refusal, at(0));
  return { ...made, open, Name: `${path}${control}` };
};

it('closing it frees the slots', async () => {
  const { breaker, reserve } = await tripped();
  expect(await breaker.close(control)).toBe(true);
  expect(await reserve('d', 1)).toBeUndefined();
  expect(await breaker.open(control, [mallory], at(1))).toBeUndefined();
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
    const { breaker, reserve, open, Name } = await tripped();
    await change(Name);
    expect(await reserve('d', 1)).toBeDefined();
    expect(await breaker.open(control, [mallory], at(1))).toEqual(open);
    expect(await breaker.open(control, [mallory], at(61))).toBeUndefined();
  });

  it('and what was deleted is said again', async () => {
    const { breaker, open, Name } = await tripped();
    await ssm.deleteParameter({ Name });
    await breaker.open(control, [mallory], at(1));
    expect(await breaker.all()).toEqual([open]);
  });

  it('but opens one for everybody', async () => {
    const { breaker, path } = await given();
    const Value = JSON.stringify({ until: at(60).toISOString(), actions: 1 });
    await ssm.putParameter({ Name: `${path}${control}`, Value, Type: 'String' });
    expect(await breaker.open(control, [alice], at(1))).toMatchObject({ actions: 1 });
  });
});
