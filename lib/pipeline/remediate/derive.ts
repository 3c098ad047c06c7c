import { attempted, messageOf } from '../../aws/errors.ts';
import type { Entry } from '../../aws/stores/ledger.ts';
import { identityFrom } from '../../engine/evaluation/identity.ts';
import type { Action } from '../../engine/remediation/action.ts';
import {
  derivedFrom,
  whyBeyond,
  whyElsewhere,
  whyNotDerived,
  whyNotUndoOf,
} from '../../engine/remediation/derivation.ts';
import type { RemediationRequest } from '../../engine/remediation/request.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { targetOf } from './target.ts';

type Asked = Pick<RemediationRequest, 'type' | 'ref'>;

/** Why a before-image is none of its type. */
const whyNoImage = async (
  { id, type: name, before = {} }: Action,
  { types }: Runtime,
): Promise<string | undefined> => {
  const type = await types.named(name);
  const odd = Object.keys(before).find((facet) => !type || !Object.hasOwn(type.facets, facet));
  return odd && `${id} keeps ${odd}, which is no facet of ${name}`;
};

/** Why the ARN that an action grants on is not that of its resource, as AWS says it now. */
const whyOtherArn = async (
  { id, type: name, ref, arn }: Action,
  runtime: Runtime,
): Promise<string | undefined> => {
  const type = await runtime.types.named(name);
  if (!type) return `there is no resource type ${name}`;
  if (type.arn?.(ref) === arn) return undefined;
  const reading = await runtime.reader(ref).read(type, ref, ['about']);
  // What is gone is said by whoever reads the rest of it.
  if (reading.gone) return undefined;
  const now = identityFrom(reading.facets['about'], type, ref).arn ?? ref.id;
  return now === arn ? undefined : `${id} is about ${arn}, and its resource is ${now}`;
};

/** Why an action is not what the catalogue plans for its before-image; asks nothing of AWS. */
export const whyNotPlanned = async (
  action: Action,
  runtime: Runtime,
): Promise<string | undefined> => {
  const controls = await runtime.controlsOf(action.type);
  const derived = await attempted(async () => {
    const planned = derivedFrom(action, controls);
    return planned && targetOf(action).asSent(planned, action);
  });
  if ('failure' in derived)
    return `what ${action.id} did cannot be derived again: ${messageOf(derived.failure)}`;
  return whyNotDerived(action, derived.value) ?? whyBeyond(action.grants ?? [], action.ref.account);
};

/** Why nothing proves that Plumbline wrote an entry: its plan, what it was made from, and what was called. */
export const whyNotAuthentic = async (
  id: string,
  entry: Entry,
  { remediation: { ledger } }: RemediationRuntime,
): Promise<string | undefined> =>
  (await ledger.isAuthentic(id, entry))
    ? undefined
    : `nothing proves that Plumbline wrote what is kept as ${id}`;

/**
 * Why an action that was looked up is not what the catalogue plans for its before-image, in this place, on its own
 * resource. What does not hold is never called: whoever can write the ledger would else have us call what they like.
 */
export const whyNotOurs = async (
  entry: Entry,
  id: string,
  asked: Asked,
  runtime: RemediationRuntime,
): Promise<string | undefined> =>
  (await whyNotAuthentic(id, entry, runtime)) ?? whyNotAsPlanned(entry.action, id, asked, runtime);

const whyNotAsPlanned = async (
  action: Action,
  id: string,
  asked: Asked,
  runtime: Runtime,
): Promise<string | undefined> =>
  whyElsewhere(action, id, asked, runtime.place) ??
  (await whyNoImage(action, runtime)) ??
  (await whyNotPlanned(action, runtime)) ??
  (await whyOtherArn(action, runtime));

/** The same of an undo that was begun, beside the action that it takes back. */
export const whyNotOurUndo = async (
  undo: Entry,
  original: Entry,
  asked: Asked & { readonly id: string; readonly undoes: string },
  runtime: RemediationRuntime,
): Promise<string | undefined> =>
  (await whyNotAuthentic(asked.id, undo, runtime)) ??
  whyElsewhere(undo.action, asked.id, asked, runtime.place) ??
  (await whyNotOurs(original, asked.undoes, asked, runtime)) ??
  whyNotUndoOf(undo.action, original.action);
