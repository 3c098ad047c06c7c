import type { Change, TypeChange } from '../../engine/changes/change.ts';
import { parseEvent } from '../../engine/changes/event-to-changes.ts';
import { isJoined } from '../../engine/changes/own-message.ts';
import { toldOf } from '../../engine/changes/told-of.ts';
import { asRecord } from '../../support/untyped.ts';
import { hostType, isOnHost } from '../hosts/on-host.ts';
import type { HowReceived, Parsed } from '../runtime/batch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { countShare, handOnSurplus, isBeyondShare } from './fair-share.ts';

/** The types that a message can be about; hosts where somebody listens to them. */
const typesAbout = async (body: unknown, { queues, types }: Runtime) => {
  const told = toldOf(body);
  const found = await types.about(told);
  const isOfHosts = queues.reviewHost && 'names' in told && told.names.includes(hostType);
  return isOfHosts ? [...found, (await import('../hosts/host-instance.ts')).hostInstance] : found;
};

/** How often changes of one message are tried together: a service that is busy takes all of them later. */
const mostTogether = 3;

/**
 * Hands on what is not evaluated here: types that a message leaves open are listed, and changes of hosts go to those
 * who listen to hosts.
 */
const handOn = async (
  sweeps: readonly TypeChange[],
  onHosts: readonly Change[],
  { queues }: Runtime,
): Promise<void> => {
  if (sweeps.length > 0) await queues.sweepTypes(sweeps);
  for (const { ref } of onHosts) await queues.reviewHost?.(ref);
};

/** The changes that a message tells of. What it tells besides is handed on afterwards. */
export const parseChanges = async (
  body: unknown,
  runtime: Runtime,
  { provenance, delivery, isOurs }: HowReceived,
): Promise<Parsed<Change>> => {
  const { place, queues } = runtime;
  const types = await typesAbout(body, runtime);
  const parsed = parseEvent(body, types, place, provenance);
  if ('dropped' in parsed) return { items: [], dropped: parsed.dropped, ids: {} };
  const { changes, sweeps } = parsed;
  const onHosts = changes.filter(isOnHost);
  const others = changes.filter((change) => !isOnHost(change));
  // What failed each time that it came together comes again alone: one resource's failure is none of the others'.
  const isParted = delivery.receive > mostTogether && isJoined(asRecord(body));
  // What we have sent ourselves has waited already.
  const isShared = provenance.sender.kind !== 'own' && !isParted;
  const isSurplus = isShared && isBeyondShare(others, runtime);
  // Whether it is proven is told to those who handle the batch: here it only counts or does not.
  if (isShared)
    isOurs.then(
      (ours) => ours && countShare(others, runtime),
      () => {},
    );
  const isHandedOn = sweeps.length > 0 || onHosts.length > 0 || isParted || isSurplus;
  const afterwards = async () => {
    await handOn(sweeps, onHosts, runtime);
    if (isSurplus) await handOnSurplus(others, runtime);
    if (isParted) await Promise.all(others.map((one) => queues.review(one)));
  };
  const ids = {
    changes: changes.map(({ type, ref, cause }) => ({
      type,
      id: ref.id,
      cause: cause.kind,
      ...(cause.kind === 'event' ? { eventId: cause.id, call: cause.call } : {}),
    })),
    sweeps: sweeps.map(({ sweep }) => sweep),
  };
  const items = isParted || isSurplus ? [] : others;
  return { items, ids, ...(isHandedOn ? { afterwards } : {}) };
};
