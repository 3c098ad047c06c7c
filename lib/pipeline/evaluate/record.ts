import { asError } from '../../aws/errors.ts';
import { conflict, retryOnConflict } from '../../aws/stores/retry-on-conflict.ts';
import { publishedAs } from '../../engine/findings/finding.ts';
import { type Publication, publicationOf } from '../../engine/findings/publication.ts';
import { type Found, nextRow } from '../../engine/posture/next-row.ts';
import type { Published, ResourceRow } from '../../engine/posture/row.ts';
import { withTransitions } from '../../engine/posture/row-version.ts';
import { dueRemediationsOf } from '../../engine/remediation/due-remediations.ts';
import type { RemediationRequest } from '../../engine/remediation/request.ts';
import type { Control } from '../../model/control.ts';
import { runtimeAt } from '../runtime/away.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { isDeniedOtherwise, lookAtDenied } from './look-at-denied.ts';
import { dueAgain, overdueAmong, tellOverdue } from './overdue.ts';
import { publish, type Sent, tellUntaken, type Written } from './publish.ts';
import { readRows } from './rows.ts';
import { settleAgain } from './settle.ts';
import { type ToldAlarming, tellAlarming } from './tell-alarming.ts';

/** What became of one resource's verdicts. */
export type Recorded =
  | { readonly key: string; readonly published: number }
  | { readonly key: string; readonly failure: Error };

/** What a row leads to: the findings to publish, what to ask for, and when it is due. */
export const publicationFor = async (row: ResourceRow, runtime: Runtime): Promise<Publication> => {
  const type = await runtime.types.named(row.type);
  if (!type) throw new Error(`there is no resource type ${row.type}`);
  const controls: readonly Control[] = await runtime.controlsOf(row.type);
  const { baseline } = runtimeAt(row.ref, runtime);
  return publicationOf(row, { type, controls }, baseline, runtime.clock());
};

/** Stores verdicts on the newest row: a writer who lost reads it again and adds what is still newer. */
const write = (
  first: Found,
  known: ResourceRow | undefined,
  runtime: Runtime,
): Promise<Written | undefined> => {
  let found = first;
  let before = known;
  return retryOnConflict(found.key, runtime.posture.turns, async () => {
    const next = nextRow(before, found);
    if (next === undefined || next === before) return undefined;
    const { row: evaluated, toPublish, unanswered, dueAt } = await publicationFor(next, runtime);
    const overdue = await overdueAmong(unanswered, runtime);
    const row = withTransitions(before, evaluated);
    await runtime.posture.putPlans(found.key, newPlans(found, before));
    if (await runtime.posture.write(found.key, before, row, dueAgain(dueAt, overdue, runtime))) {
      tellOverdue(row, overdue, runtime);
      return { found, row, toPublish, isDeniedOtherwise: isDeniedOtherwise(before, row) };
    }
    const newest = (await readRows([found.key], runtime)).get(found.key);
    found = await settleAgain(found, before, newest, runtime);
    before = newest;
    return conflict;
  });
};

/** Plans that the table does not hold yet. */
const newPlans = ({ plans, evaluated }: Found, before: ResourceRow | undefined) =>
  evaluated.flatMap(({ control: { id }, plan }) => {
    const planned = plans?.get(id);
    const isKept = before?.controls[id]?.plan?.hash === plan?.hash;
    return planned && !isKept ? [{ control: id, planned }] : [];
  });

const asksOf = ({ type, ref, ...row }: ResourceRow): readonly RemediationRequest[] =>
  dueRemediationsOf({ type, ref, ...row }).map(({ action, controls, askedBy, waited }) => ({
    version: 1,
    ask: 'remediate',
    id: action,
    type,
    ref,
    controls,
    askedBy: { kind: askedBy },
    ...(waited ? { waited } : {}),
  }));

/** Whoever says outcomes reads the verdict where it stands: nothing of it travels. */
const verdictsOf = (
  { toConclude = [] }: Found,
  { type, ref, version }: ResourceRow,
): readonly RemediationRequest[] =>
  toConclude.map((id) => ({
    version: 1,
    ask: 'conclude',
    id,
    type,
    ref,
    askedBy: { kind: 'drift' },
    row: version,
  }));

/** Asks for what is wanted of the Remediations queue: nothing waits for Security Hub to know of it. */
const askFor = async ({ found, row }: Written, runtime: Runtime): Promise<number> => {
  const asks = asksOf(row);
  const verdicts = verdictsOf(found, row);
  if (asks.length + verdicts.length > 0) await runtime.queues.ask([...verdicts, ...asks]);
  return asks.length;
};

interface Outcomes {
  readonly sent: Sent;
  /** By row, the controls that people were told of over the topic. */
  readonly told: ReadonlyMap<string, readonly string[]>;
  readonly asked: PromiseSettledResult<number> | undefined;
  readonly alarmed: PromiseSettledResult<ToldAlarming> | undefined;
}

/** Keeps what the others have been told, and answers what became of the row. */
const note = async (
  { found, row, toPublish }: Written,
  { sent: { refused, unresolved, untaken }, told, asked, alarmed }: Outcomes,
  runtime: Runtime,
): Promise<Recorded> => {
  // Noted, its asks would count as made.
  if (asked?.status !== 'fulfilled') throw asked?.reason;
  if (alarmed?.status !== 'fulfilled') throw alarmed?.reason;
  const taken = toPublish.filter(({ finding }) => !refused.has(finding.Id));
  const notified = told.get(found.key) ?? [];
  const { toldHidden, toldDeployed } = alarmed.value;
  const unrecorded = row.unrecorded ?? [];
  const isToBeNoted = [taken, unrecorded, notified, toldHidden, toldDeployed].some(
    ({ length }) => length > 0,
  );
  if (isToBeNoted || asked.value > 0) {
    const published: Record<string, Published> = Object.fromEntries(
      taken.map(({ controlId, finding, hash, known = publishedAs(finding, hash) }) => {
        const { unresolved: _, ...told } = known;
        return [controlId, unresolved.has(finding.Id) ? { ...told, unresolved: true } : told];
      }),
    );
    await runtime.posture.note(found.key, row, { published, notified, toldHidden, toldDeployed });
  }
  const conflict = toPublish.find(
    ({ finding }) => refused.has(finding.Id) && !untaken.has(finding.Id),
  );
  const failure = conflict && refused.get(conflict.finding.Id);
  return failure ? { key: found.key, failure } : { key: found.key, published: taken.length };
};

/**
 * Stores verdicts and publishes every finding whose content differs from what Security Hub was last told, whether or
 * not this delivery changed it: so an import that failed is made good by the next delivery. One import a batch, after
 * what is to be put right is asked for, and whatever becomes of it.
 * Never throws for one resource: its failure is in its answer.
 */
export const record = async (
  found: readonly Found[],
  rows: ReadonlyMap<string, ResourceRow>,
  runtime: Runtime,
): Promise<readonly Recorded[]> => {
  const writes = await Promise.allSettled(
    found.map((one) => write(one, rows.get(one.key), runtime)),
  );
  const written = writes.flatMap((one) =>
    one.status === 'fulfilled' && one.value ? [one.value] : [],
  );
  if (written.some((one) => one.isDeniedOtherwise)) await lookAtDenied(runtime);
  const asked = await Promise.allSettled(written.map((one) => askFor(one, runtime)));
  const alarmed = await Promise.allSettled(written.map(({ row }) => tellAlarming(row, runtime)));
  const sent = await publish(written, runtime);
  const told = await tellUntaken(written, sent.refused, runtime);
  const notes = await Promise.allSettled(
    written.map((one, index) =>
      note(one, { sent, told, asked: asked[index], alarmed: alarmed[index] }, runtime),
    ),
  );
  const noted = new Map(written.map((one, index) => [one.found.key, notes[index]]));
  return found.map(({ key }, index): Recorded => {
    const outcome = writes[index];
    if (outcome?.status === 'rejected') return { key, failure: asError(outcome.reason) };
    const last = noted.get(key);
    if (last?.status === 'rejected') return { key, failure: asError(last.reason) };
    return last?.value ?? { key, published: 0 };
  });
};
