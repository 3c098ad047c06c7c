import type { Entry } from '../../aws/stores/ledger.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { type Action, isConcluded } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import { whyElsewhere } from '../../engine/remediation/derivation.ts';
import { actionNote, firstNote, noticeOf } from '../../engine/remediation/notification.ts';
import { type Conclusion, conclusionOf, imageOf } from '../../engine/remediation/outcome.ts';
import { isFixedAtFirst } from '../../engine/remediation/provisional.ts';
import type { ConcludeRequest } from '../../engine/remediation/request.ts';
import { settledIn } from '../../engine/remediation/settled-row.ts';
import { settlesAfter } from '../evaluate/evaluate-resource.ts';
import { readRows } from '../evaluate/rows.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { save } from './action-log.ts';
import { whyNotAuthentic } from './derive.ts';
import { disown } from './disown.ts';
import { targetOf } from './target.ts';

type Verdict = ConcludeRequest & Delivered;
type Facets = Readonly<Record<string, unknown>>;

/** The facets of the before-image, as they are now; `undefined` where the resource is not there. */
const readAgain = async (
  { type: name, ref, before = {} }: Action,
  runtime: Runtime,
): Promise<Facets | undefined> => {
  const type = await runtime.types.named(name);
  if (!type) throw new Error(`there is no resource type ${name}`);
  const facets = Object.keys(before);
  if (facets.length === 0) return {};
  const reading = await runtime.reader(ref).read(type, ref, facets);
  if (reading.gone) return undefined;
  return Object.fromEntries(
    Object.entries(reading.facets).flatMap(([facet, one]) =>
      'value' in one ? [[facet, one.value]] : [],
    ),
  );
};

/** Has the row know of the outcome: what somebody broke again meanwhile is a drift of its own. */
const reviewRow = (action: Action, runtime: Runtime): Promise<void> =>
  targetOf(action).review(action, runtime);

/** Says the outcome once: on the findings, to people where something is amiss, and in the ledger. */
const say = async (
  entry: Entry,
  { outcome, why }: Conclusion,
  found: { readonly meanwhile: readonly string[]; readonly after: Facets },
  runtime: RemediationRuntime,
): Promise<void> => {
  const { meanwhile, after } = found;
  const concluded: Action = {
    ...entry.action,
    state: outcome,
    ...(why === undefined ? {} : { why }),
    ...(meanwhile.length === 0 ? {} : { meanwhile: meanwhile.join(', ') }),
    concludedAt: runtime.clock().toISOString(),
    after: imageOf(after),
  };
  // Told before it is written: what is told twice does no harm, what is never told does.
  const findings = identifiersOf(concluded, concluded.controls);
  const isNoted = await noteOn(findings, actionNote(concluded), runtime);
  const notice = noticeOf(concluded, isNoted);
  if (notice) await runtime.remediation.notify(notice.subject, notice.message);
  await save(entry, concluded, runtime);
};

/** The row that a verdict stands in; `undefined` where it is older: somebody has put it back. */
const rowOf = async (ask: Verdict, runtime: Runtime): Promise<ResourceRow | undefined> => {
  const key = keyOf(ask);
  const row = (await readRows([key], runtime)).get(key);
  return row && row.version >= ask.row ? row : undefined;
};

/** The outcome as row and resource show it now; `undefined` while a later verdict has to be waited for. */
const outcomeOf = async (
  { action }: Entry,
  ask: Verdict,
  runtime: Runtime,
): Promise<
  | {
      readonly conclusion: Conclusion;
      readonly meanwhile: readonly string[];
      readonly after: Facets;
    }
  | undefined
> => {
  const row = await rowOf(ask, runtime);
  const type = await runtime.types.named(action.type);
  if (!row || !type) return undefined;
  const after = row.goneAt === undefined ? await readAgain(action, runtime) : {};
  // It went since it was evaluated: the row will say so.
  if (!after) return undefined;
  const settlesAfterSeconds = settlesAfter(runtime, type);
  const settled = settledIn(action, row, {
    type,
    after,
    now: runtime.clock(),
    settlesAfterSeconds,
  });
  const conclusion = settled && conclusionOf(action, settled);
  return conclusion && { conclusion, meanwhile: settled.otherActors, after };
};

/** Says once that a first read shows an action's fix; nothing follows from it. */
const sayAtFirst = async (
  entry: Entry,
  ask: Verdict,
  runtime: RemediationRuntime,
): Promise<void> => {
  const { action } = entry;
  const row = action.fixedAtFirst === undefined ? await rowOf(ask, runtime) : undefined;
  // What a host says of itself comes when it is through.
  if (!row || targetOf(action).answersLater || !isFixedAtFirst(action, row)) return;
  const saved = await save(
    entry,
    { ...action, fixedAtFirst: runtime.clock().toISOString() },
    runtime,
  );
  await noteOn(identifiersOf(action, action.controls), firstNote(saved.action), runtime);
};

/** The delivery that said the outcome may have died before the row was told of it. */
const tellLate = async (action: Action, ask: Verdict, runtime: Runtime): Promise<void> => {
  const row = await rowOf(ask, runtime);
  if (row?.awaits?.some((one) => one.action === action.id)) await reviewRow(action, runtime);
};

/**
 * Says the outcome of an action, where the verdict that it waits for is in. The message only says where to look: verdict
 * and resource are read here. What comes twice, or late, is said once; what is lost is sent again with the next verdict.
 */
export const conclude = async (ask: Verdict, runtime: RemediationRuntime): Promise<void> => {
  const entry = await runtime.remediation.ledger.get(ask.id);
  if (!entry || whyElsewhere(entry.action, ask.id, ask, runtime.place) !== undefined) return;
  if (isConcluded(entry.action)) return tellLate(entry.action, ask, runtime);
  if (entry.action.state !== 'VERIFYING') return;
  // What an earlier release has left has no proof, and gets none: only how it ended is said.
  const foreign = entry.isLeft ? undefined : await whyNotAuthentic(ask.id, entry, runtime);
  if (foreign !== undefined) return disown(ask, entry, foreign, runtime);
  const found = await outcomeOf(entry, ask, runtime);
  if (!found) return entry.isLeft ? undefined : sayAtFirst(entry, ask, runtime);
  await say(entry, found.conclusion, found, runtime);
  await reviewRow(entry.action, runtime);
};
