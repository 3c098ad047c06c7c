import { UserError } from '../../support/user-error.ts';
import type { CheckContext, Checked } from '../check/check-template.ts';
import type { LocatedPart } from '../check/located.ts';
import { jsonIn } from '../document/read-document.ts';
import { readYamlDocument } from '../document/yaml-document.ts';
import { editText } from '../edit/edit-text.ts';
import type { Fixed, Left } from '../edit/fixed-file.ts';
import type { NotWritten, PlannedEdits } from '../edit/planned-edits.ts';
import { CannotEdit, type Edit } from '../edit/tree-edits.ts';
import { isRight, openNow, worseIn } from '../edit/worse.ts';
import { planEdits } from './plan-edits.ts';

/** A verdict whose failure can be put right, by the plan of its control or as it says itself. */
export type Fixable = Checked | LocatedPart;
const isPart = (one: Fixable): one is LocatedPart => 'repair' in one;

export interface FixedText<T> {
  readonly text: string;
  readonly fixed: readonly Fixed<T>[];
  readonly left: readonly Left<T>[];
}
export interface FixOptions extends CheckContext {
  /** Every verdict on a text in the place of this one. */
  evaluate(text: string): Promise<readonly Fixable[]>;
  /** Whether what a plan leaves to a person is written too. */
  readonly isProposed: boolean;
}

const keyOf = (one: Fixable): string =>
  `${one.control.id} ${isPart(one) ? one.name : one.declared.logicalId}`;
const named = (key: string): string => key.replace(' ', ' of ');

const readAgain = (text: string): readonly unknown[] => [
  (jsonIn(text, '') ?? readYamlDocument(text, '')).tree,
];

/** The text as it would be; of a plan also what its sources are to say. */
const changed = ({ template }: Fixable, text: string, edits: readonly Edit[]) => {
  const proposed = template.proposalFor?.(edits);
  return proposed
    ? { next: proposed.plan, settings: proposed.settings }
    : { next: editText(text, edits, { read: readAgain }) };
};

interface Tried {
  readonly text: string;
  readonly verdicts: readonly Fixable[];
}
const planned = async (
  failure: Fixable,
  options: FixOptions,
): Promise<PlannedEdits | NotWritten> =>
  isPart(failure)
    ? (failure.repair() ?? { why: 'it is no failure now' })
    : planEdits(failure, options);

/** One failure put right, with the verdicts that there are then; else why it cannot be. */
const tried = async (
  failure: Fixable,
  { text, verdicts }: Tried,
  options: FixOptions,
): Promise<NotWritten | (Tried & Fixed<Fixable>)> => {
  const plan = await planned(failure, options);
  if ('why' in plan) return plan;
  if (plan.proposal !== undefined && !options.isProposed)
    return { why: `it is for a person to say: ${plan.proposal}` };
  try {
    const { next, ...set } = changed(failure, text, plan.edits);
    const after = await options.evaluate(next);
    const now = after.filter((one) => keyOf(one) === keyOf(failure));
    const standing = now.find((one) => !isRight(one.verdict.status));
    if (standing) return { why: `with the change it is still ${standing.verdict.status}` };
    const worse = worseIn(verdicts, after, keyOf);
    if (worse)
      return { why: `with the change, ${named(keyOf(worse))} would be ${worse.verdict.status}` };
    const { edits: _, ...said } = plan;
    return { text: next, verdicts: after, checked: failure, ...said, ...set };
  } catch (error) {
    if (error instanceof CannotEdit || error instanceof UserError) return { why: error.message };
    throw error;
  }
};

/**
 * A template with the failures put right that its controls have a plan for: each by the smallest change of the source,
 * which is shown only where the control then passes and no other verdict of the file gets worse. What is equal to it in
 * the source stays as it is, byte for byte.
 * @param wanted the failures that are to be put right, in this order
 */
export const fixText = async <T extends Fixable>(
  text: string,
  all: readonly Fixable[],
  wanted: readonly T[],
  options: FixOptions,
): Promise<FixedText<T>> => {
  let state: Tried = { text, verdicts: all };
  const fixed: Fixed<T>[] = [];
  let left: readonly Left<T>[] = [];
  const fix = async (one: T): Promise<Left<T> | undefined> => {
    const failure = state.verdicts.find(
      (now) => keyOf(now) === keyOf(one) && now.verdict.status === 'FAIL',
    );
    if (!failure) {
      const open = state.verdicts.find(
        (now) => keyOf(now) === keyOf(one) && !isRight(now.verdict.status),
      );
      if (open) return { checked: one, why: openNow(open.verdict) };
      fixed.push({ checked: one, summary: 'put right together with another failure' });
      return undefined;
    }
    const made = await tried(failure, state, options);
    if ('why' in made) return { checked: one, why: made.why };
    const { text, verdicts, checked: _, ...said } = made;
    state = { text, verdicts };
    fixed.push({ ...said, checked: one });
    return undefined;
  };
  let waiting = wanted;
  // What stood in the way of one may be put right with another: those that stay are tried again as long as any is fixed.
  for (let before = -1; waiting.length > 0 && fixed.length > before; ) {
    before = fixed.length;
    const stay: Left<T>[] = [];
    for (const one of waiting) {
      const why = await fix(one);
      if (why) stay.push(why);
    }
    left = stay;
    waiting = stay.map(({ checked }) => checked);
  }
  return { text: state.text, fixed, left };
};
