import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { allControls } from '../../../lib/controls/index.ts';
import { needsOf } from '../../../lib/engine/evaluation/evaluate.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import type { AnyResourceType } from '../../../lib/model/resource-type.ts';
import { resourceTypes } from '../../../lib/resources/index.ts';

/** What an account has to bear a day of a region in which it has made nothing, with every control on. */
const most = 60;
/** It is swept whole once, and asked by one call on the other days. */
const days = 7;
const account = '123456789012';
const region = 'eu-west-1';
let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
}, 60_000);
afterAll(() => moto.stop());

/** What one message reads of, at most. */
const batch = 10;

test(`a region in which nothing was made is asked at most ${most} calls a day`, async () => {
  const clients: Clients = sdkClients({
    region,
    endpoint: moto.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    answerSeconds: 60,
  });
  const calls: string[] = [];
  const onCall = (service: string, operation: string) => calls.push(`${service} ${operation}`);
  // A message a page, and a reader a message.
  const reader = () => createReader({ account, region, clients, onCall, clientsIn: () => clients });
  const controls = await allControls();
  const regional = resourceTypes.flatMap((type) => {
    const needs = needsOf(controls.filter(({ resources }) => resources.includes(type)));
    return type.scope === 'regional' && needs.length > 0 ? [{ type, needs }] : [];
  });
  expect(regional.length).toBeGreaterThan(20);
  const found: { type: AnyResourceType; needs: readonly string[]; id: string }[] = [];
  for (const { type, needs } of regional) {
    const { resources } = await type.live.list.page(reader(), undefined);
    found.push(...resources.map(({ id }) => ({ type, needs, id })));
  }
  for (let from = 0; from < found.length; from += batch) {
    const together = reader();
    // What moto does not have counts as well: it is asked.
    await Promise.allSettled(
      found.slice(from, from + batch).map(({ type, needs, id }) =>
        together.read(
          type,
          { account, region, id },
          needs.filter((name) => Object.hasOwn(type.facets, name)),
        ),
      ),
    );
  }
  expect((calls.length + days - 1) / days).toBeLessThanOrEqual(most);
  // A type takes its listing, and of what a region has once its settings.
  expect(calls.length).toBeLessThanOrEqual(4 * regional.length);
});
