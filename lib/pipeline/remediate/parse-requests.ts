import { whyOutOfScope } from '../../engine/baseline/operators.ts';
import { timeFault } from '../../engine/changes/bounds.ts';
import { envelopeFault } from '../../engine/changes/envelope.ts';
import {
  isGoverned,
  isOfGovernedAccount,
  isRemediated,
  onlyHome,
} from '../../engine/changes/place.ts';
import type { Provenance } from '../../engine/changes/sender.ts';
import type { DropReason } from '../../engine/changes/triggered.ts';
import type { AskedBy } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import { foreignRequestNotice } from '../../engine/remediation/notification.ts';
import {
  askedByPerson,
  isRequest,
  onlyAsked,
  type RemediationRequest,
} from '../../engine/remediation/request.ts';
import { asRecord } from '../../support/untyped.ts';
import type { HowReceived, Parsed } from '../runtime/batch.ts';
import { canRemediate, type RemediationRuntime, type Runtime } from '../runtime/runtime.ts';
import { answerClick, clickIn } from './custom-action.ts';

type Person = Extract<AskedBy, { kind: 'person' }>;

/** The operator who sent a message, by the id that AWS says; never by what the message says. */
const operatorOf = async (
  { sender }: Provenance,
  { remediation }: RemediationRuntime,
): Promise<Person | undefined> => {
  if (sender.kind === 'own') return undefined;
  const who = await remediation.operators.named(sender.id);
  if (who === undefined) return undefined;
  return { kind: 'person', who, ...(sender.session ? { session: sender.session } : {}) };
};

/** Why a request of our own roles is not taken: they say what began by itself, that a host has answered, or a verdict is in. */
const faultOfOwn = (ask: RemediationRequest, { now }: Provenance): DropReason | undefined => {
  if (ask.ask === 'answer' || ask.ask === 'conclude') return undefined;
  if (ask.ask !== 'remediate' || ask.askedBy.kind === 'person') return 'outsider';
  return ask.waited && timeFault(ask.waited.since, now);
};

const dropped = (reason: DropReason): Parsed<Delivered> => ({
  items: [],
  dropped: reason,
  ids: {},
});

/** Who was told of, and when: in this process, once an hour for each. */
const told = new Map<string, number>();
const hourMs = 3_600_000;

const notifyOfForeignRequest = async (
  ask: RemediationRequest,
  { sender, now }: Provenance,
  { remediation }: RemediationRuntime,
): Promise<void> => {
  if (sender.kind === 'own' || now.getTime() - (told.get(sender.id) ?? 0) < hourMs) return;
  told.set(sender.id, now.getTime());
  const { subject, message } = foreignRequestNotice(sender.id, `${ask.ask} ${ask.type}`);
  await remediation.notify(subject, message);
};

const taken = (asked: RemediationRequest, delivery: HowReceived['delivery']): Parsed<Delivered> => {
  const { id, ask, type, ref, askedBy } = asked;
  const waited = asked.ask === 'remediate' && asked.waited ? { waited: asked.waited } : {};
  const by = askedBy.kind === 'person' && askedBy.who !== undefined ? { by: askedBy.who } : {};
  const ids = { action: id, ask, type, id: ref.id, ...by, ...waited };
  return { items: [{ ...asked, delivery }], ids };
};

const requestsOfOperators = { remediate: 'fix', undo: 'undo', exempt: 'exempt' } as const;
const isOfResource = (ask: string): ask is keyof typeof requestsOfOperators =>
  Object.hasOwn(requestsOfOperators, ask);

const isInScope = (
  { ask, ref }: RemediationRequest,
  { who = '' }: Person,
  { baseline }: RemediationRuntime,
): boolean =>
  whyOutOfScope(
    who,
    { ask: isOfResource(ask) ? requestsOfOperators[ask] : 'other', account: ref.account },
    baseline,
  ) === undefined;

/**
 * What a request is for, of whoever may send it: what began by itself and what a host has answered our own roles
 * alone can know, and what a person wants only an operator may ask for.
 */
const parseRequest = async (
  body: RemediationRequest,
  runtime: RemediationRuntime,
  { provenance, delivery, isOurs }: HowReceived,
): Promise<Parsed<Delivered>> => {
  if (!isOfGovernedAccount(body.ref, runtime.place)) return dropped('foreign');
  if (!isGoverned(body.ref, runtime.place)) return dropped('ungoverned');
  const asked = onlyAsked(body);
  // An exemption is a word about a row of ours; all else changes something there.
  if (asked.ask !== 'exempt' && !isRemediated(asked.ref, runtime.place)) return dropped('foreign');
  if (provenance.sender.kind === 'own') {
    const fault = faultOfOwn(asked, provenance);
    return fault === undefined ? taken(asked, delivery) : dropped(fault);
  }
  const person = await operatorOf(provenance, runtime);
  const isAllowed = person !== undefined && isInScope(asked, person, runtime);
  const byPerson = isAllowed ? askedByPerson(asked, person) : undefined;
  if (byPerson) return taken(byPerson, delivery);
  if (!isAllowed && (await isOurs)) await notifyOfForeignRequest(asked, provenance, runtime);
  return dropped('outsider');
};

/** What a message of the Remediations queue asks for: a request, or a custom action of Security Hub. */
export const parseRequests = async (
  body: unknown,
  runtime: Runtime,
  heard: HowReceived,
): Promise<Parsed<Delivered>> => {
  if (!canRemediate(runtime)) return dropped('malformed');
  if (isRequest(body)) return parseRequest(body, runtime, heard);
  const click = clickIn(body);
  if (!click) return dropped('malformed');
  const { provenance, delivery, isOurs } = heard;
  const { place } = runtime;
  const fault = envelopeFault(asRecord(body), onlyHome(place), provenance);
  if (fault !== undefined) return dropped(fault);
  if (!(await isOurs)) return { items: [], ids: {} };
  const asks = await answerClick(click, runtime);
  const items = asks.map((ask) => ({ ...ask, delivery }));
  return { items, ids: { customAction: click.action, finding: click.finding.Id } };
};
