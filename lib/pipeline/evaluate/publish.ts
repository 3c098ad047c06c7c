import type { SecurityHub } from '@aws-sdk/client-securityhub';
import { isNotEntered } from '../../aws/entry.ts';
import {
  asError,
  attempted,
  codeOf,
  credentialCodes,
  isBusy,
  messageOf,
  sortError,
} from '../../aws/errors.ts';
import { hubOff, importFindings, resolveFindings, unsuppressed } from '../../aws/security-hub.ts';
import { isAway } from '../../engine/changes/place.ts';
import type { Finding } from '../../engine/findings/finding.ts';
import { whereOf } from '../../engine/findings/finding-id.ts';
import type { ToPublish } from '../../engine/findings/publication.ts';
import { untakenNotice } from '../../engine/findings/untaken.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Where } from '../../model/resource-type.ts';
import { groupsBy } from '../../support/groups.ts';
import { lookAtEntry } from '../runtime/away.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** A row as it was written, and what of it Security Hub does not know. */
export interface Written {
  readonly found: Found;
  readonly row: ResourceRow;
  readonly toPublish: readonly ToPublish[];
  /** What our own role may not read of it is not what it was. */
  readonly isDeniedOtherwise: boolean;
}
/** Why Security Hub did not take a finding, by its id. */
export type Refused = ReadonlyMap<string, Error>;
export interface Sent {
  readonly refused: Refused;
  /** Ids of findings that nothing is tried again for: in their region nobody takes any. */
  readonly untaken: ReadonlySet<string>;
  /** Ids of findings whose workflow could not be looked up now: a later delivery does. */
  readonly unresolved: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Sets RESOLVED on what passed, by what was looked up of it; why Security Hub did not, by id. */
const resolve = async (
  hub: SecurityHub,
  open: readonly Finding[],
  refused: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> =>
  resolveFindings(
    hub,
    open.filter(({ Id }) => !refused.has(Id)),
  );

const send = async (
  where: Where,
  all: readonly ToPublish[],
  { hub }: Pick<Runtime, 'hub'>,
): Promise<Sent> => {
  const passing = all.flatMap((one) => (one.resolves ? [one.finding] : []));
  const toImport = all.flatMap((one) => (one.known ? [] : [one.finding]));
  const imports = await hub(where, 'imports');
  const workflow = passing.length > 0 ? await hub(where, 'workflow') : imports;
  const [refused, open] = await Promise.all([
    importFindings(imports, toImport),
    // An import leaves the workflow as it is, so that it can be looked up beside it.
    attempted(() => unsuppressed(workflow, passing)),
  ]);
  // GetFindings is limited to three a second: what passes is not kept from Security Hub by that.
  const isLater = 'failure' in open && isBusy(open.failure);
  if ('failure' in open && !isLater) throw open.failure;
  const ids = passing.map(({ Id }) => Id);
  const resolved =
    'value' in open
      ? await attempted(() => resolve(workflow, open.value, refused))
      : { value: new Map<string, string>() };
  if ('failure' in resolved && !isBusy(resolved.failure)) throw resolved.failure;
  const isOpen = isLater || 'failure' in resolved;
  const unresolved = 'value' in resolved ? resolved.value : [];
  return {
    untaken: none,
    unresolved: isOpen ? new Set(ids) : none,
    refused: new Map(
      [...refused, ...unresolved].map(([id, why]) => [
        id,
        new Error(`Security Hub refused the finding ${id}: ${why}`),
      ]),
    ),
  };
};

/**
 * Whether Security Hub takes nothing in a region, for as long as nobody changes that: it is off there, or may not be
 * called, or its account lets us not in. At home it is tried again: there somebody is to be alarmed.
 */
const isClosed = (failure: unknown, { account, region }: Where, { place }: Runtime): boolean =>
  (region !== place.homeRegion || isAway({ account }, place)) &&
  // Credentials that count at home count nowhere in a region that the account has not enabled.
  (isNotEntered(failure) ||
    credentialCodes.includes(codeOf(failure)) ||
    sortError(failure, { gone: [hubOff] }).kind !== 'transient');

/** Sends what is of one account and region. A call that failed has refused all of it. */
const sendTo = async (where: Where, all: readonly ToPublish[], runtime: Runtime): Promise<Sent> => {
  const sent = await attempted(() => send(where, all, runtime));
  if ('value' in sent) return sent.value;
  if (isNotEntered(sent.failure)) await lookAtEntry(sent.failure.account, runtime);
  const failure = asError(sent.failure);
  const ids = all.map(({ finding }) => finding.Id);
  return {
    refused: new Map(ids.map((id) => [id, failure])),
    untaken: isClosed(sent.failure, where, runtime) ? new Set(ids) : none,
    unresolved: none,
  };
};

/**
 * Imports what is new, in one call for each account and region of the batch. Never throws: what one of them does not
 * take is kept from none of the others.
 */
export const publish = async (written: readonly Written[], runtime: Runtime): Promise<Sent> => {
  const all = written.flatMap(({ toPublish }) => toPublish);
  const hubs = groupsBy(all, ({ finding }) => finding.ProductArn);
  const sent = await Promise.all(
    [...hubs].map(([ProductArn, some]) => sendTo(whereOf({ ProductArn }), some, runtime)),
  );
  return {
    refused: new Map(sent.flatMap(({ refused }) => [...refused])),
    untaken: new Set(sent.flatMap(({ untaken }) => [...untaken])),
    unresolved: new Set(sent.flatMap(({ unresolved }) => [...unresolved])),
  };
};

/** Failures that Security Hub did not take, and that people do not know of in this episode. */
const untaken = ({ row, toPublish }: Written, refused: Refused): readonly ToPublish[] =>
  toPublish.filter(({ controlId, finding }) => {
    const { episodes, notified } = row.controls[controlId] ?? {};
    return (
      refused.has(finding.Id) &&
      finding.RecordState === 'ACTIVE' &&
      finding.Compliance.Status === 'FAILED' &&
      notified !== episodes
    );
  });

/**
 * Tells people over the topic of failures that Security Hub did not take, once an episode.
 * @returns by key of the row, the controls that they were told of
 */
export const tellUntaken = async (
  written: readonly Written[],
  refused: Refused,
  runtime: Runtime,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const news = written.flatMap((one) => {
    const some = untaken(one, refused);
    return some.length > 0 ? [[one.found.key, some] as const] : [];
  });
  const all = news.flatMap(([, some]) => some);
  const first = refused.get(all[0]?.finding.Id ?? '');
  if (!runtime.notify || !first) return new Map();
  const { notify } = runtime;
  const { subject, message } = untakenNotice(
    all.map(({ finding }) => finding),
    messageOf(first),
  );
  const told = await attempted(() => notify(subject, message));
  if ('failure' in told) return new Map();
  return new Map(news.map(([key, some]) => [key, some.map(({ controlId }) => controlId)]));
};
