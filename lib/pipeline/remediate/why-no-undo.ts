import { type Action, isConcluded } from '../../engine/remediation/action.ts';
import { differences } from '../../engine/remediation/outcome.ts';
import type { UndoRequest } from '../../engine/remediation/request.ts';
import { undoCommand } from '../../engine/remediation/undo-command.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { clip } from '../../support/clip.ts';
import { runAs } from '../../support/run-as.ts';

type Facets = Readonly<Record<string, unknown>>;

const shown = (value: unknown): string => clip(canonicalJson(value ?? null), 200);

const imageDifference = ({ before = {}, after = {} }: Action): string =>
  Object.keys(after)
    .filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name]))
    .map((name) => `${name} was ${shown(before[name])} before, and ${shown(after[name])} after`)
    .join('; ');

/** Taking back puts the before-image there: what others did after that would be lost. */
const whyShared = (action: Action): string | undefined => {
  const { id, state, why, meanwhile } = action;
  if (state !== 'SUPERSEDED' && meanwhile === undefined) return undefined;
  const who = meanwhile === undefined ? (why ?? '') : `changed meanwhile by ${meanwhile}`;
  const difference = imageDifference(action);
  return [
    `the resource was not left to ${id} alone (${who}), and taking it back would overwrite that`,
    ...(difference === '' ? [] : [difference]),
  ].join(': ');
};

/** Whether nothing proves what an action says: its calls are a person's to make. */
export const isUnproven = ({ basis }: Action): boolean => basis === undefined;

/** Why an action cannot be taken back, whatever its resource looks like now. */
export const whyNoUndo = (action: Action | undefined): string | undefined => {
  if (!action) return 'there is no such action';
  const { id, plan, state, undoes, undoneBy, ref, controls } = action;
  if (undoes !== undefined) {
    return `${id} is itself an undo, of ${undoes}; put it right again with: ${runAs(`fix ${ref.id} ${controls[0]}`)}`;
  }
  if (state === 'BLOCKED')
    return `${id} was blocked by the guard ${action.guard}: nothing was done`;
  if (!isConcluded(action))
    return `the verdict on ${id} is still awaited (${state}); try again then`;
  if (undoneBy !== undefined) return `${id} was taken back already, by ${undoneBy}`;
  if (plan?.kind !== 'calls') return `${id} made no calls`;
  if ('impossible' in plan.undo) return `${id} cannot be taken back: ${plan.undo.impossible}`;
  if (isUnproven(action)) {
    return `${id} was made by an earlier release, which kept no proof of it: a person takes it back`;
  }
  return whyShared(action);
};

/** Every undo opens or weakens something, or its control would not fail again: a person confirms this very one. */
export const whyUnconfirmed = ({ undoes, confirms }: UndoRequest): string | undefined =>
  confirms === undoes
    ? undefined
    : `nobody has confirmed that ${undoes} is taken back, which opens or weakens something again; ask for it with ${undoCommand(undoes)}`;

/** What somebody has changed since the outcome was said. */
export const changesSince = (
  { before = {}, after = {} }: Action,
  type: AnyResourceType,
  now: Facets,
): string | undefined => {
  const unseen = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  if (unseen.length > 0) {
    return `${unseen.join(', ')} could not be read after the calls, so whether somebody has changed it is not known`;
  }
  const changed = differences(type, after, now);
  if (changed.length === 0) return undefined;
  const lines = changed.map((name) => `${name} was ${shown(after[name])}, is ${shown(now[name])}`);
  return `the resource has changed since: ${lines.join('; ')}`;
};
