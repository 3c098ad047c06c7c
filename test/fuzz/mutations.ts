import fc from 'fast-check';
import { asRecord, list } from '../../lib/support/untyped.ts';
import { account, region } from '../fakes/fake-resource.ts';
import { awsSender, ownRole } from '../fakes/heard.ts';
import { operatorId } from '../fakes/operator.ts';
import { corpus, type Queue } from './corpus.ts';

/** A message as an attacker may have made it, who sent it, and whether it is on the queue at all. */
export interface Said {
  readonly queue: Queue;
  readonly body: unknown;
  readonly sender: string;
  readonly isOurs: boolean;
}
interface Mutation {
  readonly kind: 'set' | 'delete' | 'add' | 'graft' | 'time' | 'place';
  readonly where: number;
  readonly value: unknown;
}
type Path = readonly (string | number)[];

const times = [
  '2099-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.000Z',
  '1970-01-01T00:00:00.000Z',
  '2026-06-15T12:04:59.000Z',
  'yesterday',
];
const words = [
  ...['', '__proto__', 'constructor', 'toString', '\u0000', '*', 'all', 'due', 'own', 'aws.ec2'],
  ...['aws.partner/mallory', 'AWS.s3', '210987654321', 'eu-west-1', 'person', 'drift', 'deleted'],
  'x'.repeat(5000),
];
const hostile = fc.oneof(
  fc.constantFrom<unknown>(null, 0, -1, 1e308, 0.5, true, false, [], {}, [[]], ...times, ...words),
  fc.constantFrom(...times).map((time) => ({ $date: time })),
  fc.constantFrom(...corpus.map(({ body }) => body)),
  fc.jsonValue({ maxDepth: 2 }),
);
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('set', 'delete', 'add', 'graft', 'time', 'place'),
  where: fc.nat(),
  value: hostile,
});

const pathsIn = (value: unknown, path: Path = []): readonly Path[] => {
  const inside = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return [path, ...inside.flatMap(([key, each]) => pathsIn(each, [...path, key]))];
};

const added = ['listed', 'readAt', 'ours', 'version', 'replay-name', 'waited', 'cause', 'hint'];

const changed = (value: unknown, path: Path, { kind, where, value: by }: Mutation): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (kind === 'add') return { ...asRecord(value), [added[where % added.length] ?? '']: by };
    return kind === 'graft' ? { ...asRecord(value), ...asRecord(by) } : by;
  }
  if (Array.isArray(value)) {
    const next = [...list(value)];
    if (kind === 'delete' && rest.length === 0) next.splice(Number(key), 1);
    else next[Number(key)] = changed(next[Number(key)], rest, { kind, where, value: by });
    return next;
  }
  const { [key]: inner, ...others } = asRecord(value);
  if (kind === 'delete' && rest.length === 0) return others;
  return { ...others, [key]: changed(inner, rest, { kind, where, value: by }) };
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((inner: unknown, key) => Reflect.get(Object(inner), key), value);
const isTime = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
const isPlace = (value: unknown) => value === account || value === region;

/** What is sure to be looked at is changed more often than chance would. */
const aimed = (value: unknown, one: Mutation): Mutation & { readonly paths: readonly Path[] } => {
  const all = pathsIn(value);
  if (one.kind !== 'time' && one.kind !== 'place') return { ...one, paths: all };
  const isAim = one.kind === 'time' ? isTime : isPlace;
  const by = one.kind === 'time' ? times : ['210987654321', 'eu-west-1', account, region];
  const paths = all.filter((path) => isAim(valueAt(value, path)));
  return { ...one, kind: 'set', value: by[one.where % by.length], paths };
};

const mutated = (body: unknown, mutations: readonly Mutation[]): unknown =>
  mutations.reduce((value: unknown, one) => {
    const { paths, ...mutation } = aimed(value, one);
    const path = paths[one.where % Math.max(1, paths.length)];
    return path === undefined ? value : changed(value, path, mutation);
  }, body);

/** Messages of every kind, most of them changed in up to four places, from anybody. */
export const messages: fc.Arbitrary<Said> = fc
  .record({
    sample: fc.constantFrom(...corpus),
    // Some come by a queue that is not theirs.
    queue: fc.option(fc.constantFrom(...corpus.map(({ queue }) => queue)), { freq: 8 }),
    mutations: fc.array(mutation, { maxLength: 4 }),
    sender: fc.constantFrom(
      `${ownRole}:evaluate`,
      `${ownRole}:evaluate`,
      awsSender,
      'AROAMALLORY000000000A:evaluate',
      `${operatorId}:bob`,
      ownRole,
      '',
    ),
    isOurs: fc.boolean(),
  })
  .map(({ sample, queue, mutations, sender, isOurs }) => ({
    queue: queue ?? sample.queue,
    body: mutated(sample.body, mutations),
    sender,
    isOurs,
  }));
