import { isDeepStrictEqual } from 'node:util';
import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { attempted } from '../../../lib/aws/errors.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import type { FacetReading } from '../../../lib/engine/evaluation/evaluate.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { Unresolved } from '../../../lib/model/unresolved.ts';
import { declaredSource } from '../../../lib/templates/check/declared-source.ts';
import { withOwners } from '../../../lib/templates/check/parts.ts';
import { templateOf } from '../../../lib/templates/cloudformation.ts';
import { declaredTypes } from '../../../lib/templates/declared/index.ts';
import { readDocument } from '../../../lib/templates/document/read-document.ts';
import { World } from '../../../lib/templates/resolution/world.ts';
import { Stack } from '../../../lib/templates/stack.ts';
import { type Same, sameOnes, untried } from './same.ts';

const account = '123456789012';
const region = 'us-east-1';
const at = new Date();

const typeOf = ({ type, declared, of = declared['It']?.[0] }: Same) => {
  const found = declaredTypes.find((one) => one.type.type === type && one.as === of);
  if (!found) throw new Error(`${type} is not declared`);
  return found;
};

/** An ACL names its owner by an id that AWS gives, and a VPC has one. */
const given = (text: string): string =>
  text
    .replace(/^[0-9a-f]{64}$/, 'owner')
    .replace(/^vpc-\w+$/, 'the-vpc')
    // Of what stands beside it, in a template its name there.
    .replace(/^(?:subnet-\w+|Subnet)$/, 'the-subnet')
    .replace(/^(?:fsmt-\w+|It)$/, 'the-mount-target')
    // Of the engine, in which no two of them are the same.
    .replace(/^default\.[\w.-]+$/, 'default');

/** Of a rule of a lifecycle its id, and that it is for all objects. */
const unsaid = (key: string, value: unknown): boolean =>
  key === 'ID' ? value === 'a' : key === 'Filter' && isDeepStrictEqual(value, { Prefix: '' });

/** Of a part of a facet that a template leaves open. */
const open = 'what is open';
const orOpen = (look: () => unknown): unknown => {
  try {
    return look();
  } catch (error) {
    if (error instanceof Unresolved) return open;
    throw error;
  }
};

/** As data: a policy is what it says. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'string') {
    // IAM encodes what it answers.
    const text = value.startsWith('%7B') ? decodeURIComponent(value) : value;
    return /^\{.*\}$/s.test(text) ? plain(JSON.parse(text)) : given(text);
  }
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .map((key) => [key, plain(orOpen(() => Reflect.get(value, key)))] as const)
      .filter(([key, one]) => !unsaid(key, one)),
  );
};
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === false ||
  (typeof value === 'object' && value !== null && Object.values(value).every(isNothing));

/** Whether both say the same, as far as a template says it; what is off or empty is as what is not there. */
const agree = (declared: unknown, live: unknown, isMore: boolean): boolean => {
  if (declared === open || (isNothing(declared) && isNothing(live))) return true;
  if (Array.isArray(declared) && Array.isArray(live))
    return (
      declared.length === live.length && declared.every((one, at) => agree(one, live[at], isMore))
    );
  if (typeof declared !== 'object' || typeof live !== 'object' || !declared || !live)
    return isDeepStrictEqual(declared, live);
  const keys = new Set([...Object.keys(declared), ...(isMore ? [] : Object.keys(live))]);
  return [...keys].every((key) =>
    agree(Reflect.get(declared, key), Reflect.get(live, key), isMore),
  );
};
/** In which both have the same id. */
const compared = (reading: FacetReading | undefined, id: string): unknown =>
  JSON.parse(JSON.stringify(plain(reading) ?? null).replaceAll(id, 'the-id'));

const made = new Map<Same, Promise<string | undefined>>();
/** A test that is tried again finds what it made. */
const madeOnce = async (same: Same, clients: Clients): Promise<string> => {
  const id = made.get(same) ?? same.make(clients);
  made.set(same, id);
  return (await id) ?? '';
};

const readDeclared = async (same: Same, facets: readonly string[]) => {
  const Resources = Object.fromEntries(
    Object.entries(same.declared).map(([name, [Type, Properties]]) => [name, { Type, Properties }]),
  );
  const document = await readDocument(JSON.stringify({ Resources }), 'template.json');
  const deployment = { account, region, partition: 'aws', stackName: 's', parameters: {} };
  const template = withOwners(templateOf(document, deployment), declaredTypes);
  const stack = new Stack(template, new World());
  const declared = same.of
    ? template.byType.get(same.of)?.find(({ isPart }) => isPart)
    : template.declarations.get('It');
  if (!declared) throw new Error('It is not declared');
  const type = typeOf(same);
  const id = type.id(stack.resource(declared));
  const source = declaredSource({ type: type.type, ref: { account, region, id } }, stack, at);
  const reading = await source.read(facets);
  if (reading.gone) throw new Error('it is gone');
  return { id, facets: reading.facets };
};

const readLive = async (same: Same, id: string, facets: readonly string[], clients: Clients) => {
  const reader = createReader({ account, region, clients, clientsIn: () => clients });
  const ref = { account, region, id };
  const all = facets.map(async (facet): Promise<readonly [string, FacetReading]> => {
    const read = await attempted(() => reader.read(typeOf(same).type, ref, [facet]));
    if ('failure' in read) return [facet, { denied: String(read.failure) }];
    if (read.value.gone) throw new Error(`${id} is gone`);
    return [facet, read.value.facets[facet] ?? { value: undefined }];
  });
  return Object.fromEntries(await Promise.all(all));
};

describe('facets of what a template declares', () => {
  let moto: Moto;
  let clients: Clients;
  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
    clients = sdkClients({ endpoint: moto.url, region, credentials });
  }, 60_000);
  afterAll(() => moto.stop());

  it('are tried for each type that a template declares, but for those of which it says why not', () => {
    const tried = new Set(sameOnes.map((one) => one.declared['It']?.[0]));
    const missing = declaredTypes
      .map(({ as }) => as)
      .filter((as) => as.startsWith('AWS::') && !tried.has(as) && !Object.hasOwn(untried, as));
    expect(missing).toEqual([]);
  });
  it.each(sameOnes.map((one) => [one.type, one.title, one] as const))(
    'are those of the same %s in the account, %s',
    async (_, __, same) => {
      const type = typeOf(same);
      const facets = Object.keys(type.type.facets).filter(
        (facet) => !type.untold?.includes(facet) && !Object.hasOwn(same.apart ?? {}, facet),
      );
      const id = await madeOnce(same, clients);
      const declared = await readDeclared(same, facets);
      const live = await readLive(same, id, facets, clients);
      const differing = facets.flatMap((facet) => {
        const [one, other] = [
          compared(declared.facets[facet], declared.id),
          compared(live[facet], id),
        ];
        const isMore = same.more?.includes(facet) === true;
        return agree(one, other, isMore) ? [] : [{ facet, declared: one, live: other }];
      });
      expect(differing).toEqual([]);
    },
  );
});
