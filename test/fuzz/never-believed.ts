import type { Ledger } from '../../lib/aws/stores/ledger.ts';
import { mostAgeMs, mostAheadMs } from '../../lib/engine/changes/bounds.ts';
import { senderOf } from '../../lib/engine/changes/sender.ts';
import { parseChanges } from '../../lib/pipeline/evaluate/parse-changes.ts';
import { takeStep } from '../../lib/pipeline/hosts/audit/audit-steps.ts';
import { parseHostMessage } from '../../lib/pipeline/hosts/audit/host-message.ts';
import { parseRequests } from '../../lib/pipeline/remediate/parse-requests.ts';
import type { HowReceived, Parsed } from '../../lib/pipeline/runtime/batch.ts';
import type { Remediation, Runtime } from '../../lib/pipeline/runtime/runtime.ts';
import { typesIn } from '../../lib/pipeline/runtime/types.ts';
import { takeSweep } from '../../lib/pipeline/sweep/sweep.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { asRecord, text } from '../../lib/support/untyped.ts';
import { decode } from '../../lib/support/wire.ts';
import { account, createWorld, region, start, type World } from '../fakes/fake-resource.ts';
import { operatorArn, operatorId, operators } from '../fakes/operator.ts';
import type { Said } from './mutations.ts';

type Taker = (body: unknown, runtime: Runtime, heard: HowReceived) => Promise<Parsed<unknown>>;
const takers: Readonly<Record<Said['queue'], Taker>> = {
  changes: parseChanges,
  pages: takeSweep,
  audits: async (body, { place }, { provenance }) => takeStep(body, place, provenance),
  results: async (body, { place }, { provenance }) => parseHostMessage(body, place, provenance),
  remediations: parseRequests,
};

// No message needs it: what is asked for here is carried out elsewhere.
const ledger: Pick<Ledger, 'get'> = { get: async () => undefined };

const runtimeOf = (world: World): Runtime => ({
  ...world.runtime,
  types: typesIn([world.house, ...resourceTypes]),
  remediation: { ledger, operators, notify: async () => {} } as unknown as Remediation,
  queues: { ...world.runtime.queues, reviewHost: async () => {} },
});

const fields = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null && !(value instanceof Date)
    ? Object.entries(value).flatMap(([key, each]) => [[key, each] as const, ...fields(each)])
    : [];

/** Asks that a person makes. */
const personal: ReadonlySet<string> = new Set([
  ...['remediate', 'undo', 'exempt', 'restart', 'turnOn', 'close'],
]);
const timeNames = ['time', 'at', 'since', 'requestedAt'];

/** What of it is believed although it must not be. */
const faultsOf = (said: Said, item: unknown): readonly string[] => {
  const { version, type } = asRecord(item);
  const isClock = ['begin', 'audit'].some((name) => asRecord(item)[name] === 'due');
  const isRequest = personal.has(text(asRecord(item)['ask']) ?? '');
  const isOwn = senderOf(said.sender, createdRoles).kind === 'own';
  const isMessage = asRecord(said.body)['version'] === 1;
  const refs = fields(item).flatMap(([name, value]) => (name === 'ref' ? [asRecord(value)] : []));
  const wrongTimes = fields(item).filter(([name, value]) => {
    if (!timeNames.includes(name) || typeof value !== 'string') return false;
    const age = start - Date.parse(value);
    const isOld = age > mostAgeMs && type !== 'silent';
    return Number.isNaN(age) || isOld || age < -mostAheadMs;
  });
  const cause = asRecord(asRecord(item)['cause']);
  // A row of an account or region that was governed once is taken, not to be read, but to be put off.
  const isDue = isOwn && asRecord(item)['ask'] === undefined && cause['kind'] === 'sweep';
  return [
    ...(isMessage && !isOwn && !isClock && !isRequest ? ['a stranger speaks for us'] : []),
    ...(isMessage && !isOwn && isRequest && !said.sender.startsWith(`${operatorId}:`)
      ? ['a stranger asks']
      : []),
    ...(isMessage &&
    isRequest &&
    !isOwn &&
    asRecord(asRecord(item)['askedBy'])['who'] !== operatorArn
      ? ['it is asked in another name']
      : []),
    ...(!isOwn &&
    (['answer', 'conclude'].includes(String(asRecord(item)['ask'])) || 'waited' in asRecord(item))
      ? ['a stranger says what only we know']
      : []),
    ...refs.flatMap((ref) =>
      isDue || (ref['account'] === account && ref['region'] === region)
        ? []
        : ['it is not of here'],
    ),
    ...wrongTimes.map(([name, value]) => `${name} is ${value}`),
    ...['listed', 'readAt', 'ours'].filter((name) => name in cause),
    ...(version !== undefined && version !== 1 ? ['another version'] : []),
  ];
};
const createdRoles = createWorld().runtime.ownRoles;

/** Takes a message as its function does; throws where anything is believed that must not be, or if it cannot take it. */
export const takeOne = async (said: Said): Promise<Parsed<unknown>> => {
  const world = createWorld();
  const provenance = {
    sender: senderOf(said.sender, world.runtime.ownRoles),
    now: new Date(start),
  };
  const heard = {
    provenance,
    delivery: { message: 'm', receive: 1 },
    isOurs: Promise.resolve(said.isOurs),
  };
  const body = decode(JSON.stringify(said.body) ?? '');
  const taken = await takers[said.queue](body, runtimeOf(world), heard);
  const sent = [...world.pages, ...world.swept, ...world.settles, ...world.asks];
  if (!said.isOurs && sent.length + world.rows.size > 0) throw new Error('it wrote unproven');
  const faults = [...taken.items, ...world.pages].flatMap((item) => faultsOf(said, item));
  if (faults.length > 0) throw new Error(faults.join('; '));
  return taken;
};
