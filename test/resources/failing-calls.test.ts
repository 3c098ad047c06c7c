import type { Reader } from '../../lib/model/resource-type.ts';
import { refOf } from './aws.ts';
import { readWithFaults } from './failing-calls.ts';

/** A service that has two buses, on one page, and one policy. */
const reader = {
  account: '123456789012',
  region: 'us-east-1',
  call: async () => ({ Policy: '{}' }),
  async *pages() {
    yield { EventBuses: [{ Name: 'default' }, { Name: 'orders' }] };
  },
} as unknown as Reader;

type Read = (reader: Reader) => Promise<unknown>;
const policy: Read = async (asked) =>
  (await asked.call('eventbridge', 'describeEventBus', { Name: 'orders' })).Policy;
const names: Read = async (asked) => {
  const all: unknown[] = [];
  for await (const page of asked.pages('eventbridge', 'listRules', {}))
    all.push(...(Reflect.get(page, 'EventBuses') as object[]));
  return all;
};
const faultsOf = async (read: Read) =>
  (
    await readWithFaults({
      type: { live: { gone: ['NoSuchBus'] } as never },
      name: 'policy',
      facet: { actions: [], read },
      read,
      asked: [reader, refOf('orders')],
    })
  ).faults;

it.each<[string, Read, readonly string[]]>([
  ['nothing, where what fails is thrown on', policy, []],
  ['nothing, where each page counts', names, []],
  [
    'a denial that becomes a value',
    (asked) => policy(asked).catch(() => undefined),
    [
      'policy: here eventbridge describeEventBus: denied is another value',
      'policy: here eventbridge describeEventBus: throttled is another value',
    ],
  ],
  [
    'a first page that counts for all',
    async (asked) => {
      for await (const page of asked.pages('eventbridge', 'listRules', {}))
        return Reflect.get(page, 'EventBuses');
      return [];
    },
    [
      'policy: an empty page: another value',
      'policy: here eventbridge listRules (pages) second page: denied is another value',
      'policy: here eventbridge listRules (pages) second page: throttled is another value',
    ],
  ],
])('what is read with faults tells %s', async (_, read, faults) => {
  expect(await faultsOf(read)).toEqual(faults);
});
