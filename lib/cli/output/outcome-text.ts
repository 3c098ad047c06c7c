import type { Action, ActionState, AskedBy, CallOutcome } from '../../engine/remediation/action.ts';
import { callName } from '../../engine/remediation/plan-text.ts';
import { undoCommand } from '../../engine/remediation/undo-command.ts';
import { whyNoUndo } from '../../pipeline/remediate/why-no-undo.ts';
import { paint } from '../../reports/paint.ts';
import { plainText } from '../../support/plain-text.ts';
import { runAs } from '../../support/run-as.ts';

const paintOf: Readonly<Record<ActionState, (text: string) => string>> = {
  BLOCKED: paint.yellow,
  ACTING: paint.cyan,
  VERIFYING: paint.cyan,
  VERIFIED: paint.green,
  PARTIAL: paint.red,
  INEFFECTIVE: paint.red,
  SUPERSEDED: paint.yellow,
  UNVERIFIED: paint.red,
};
export const painted = (state: ActionState): string => paintOf[state](state);

/** A session is called what its caller likes. */
const whoAsked = (askedBy: AskedBy): string => {
  if (askedBy.kind !== 'person') return askedBy.kind;
  const { who = 'Security Hub', session } = askedBy;
  return session === undefined ? who : `${who} (who calls the session ${plainText(session, 64)})`;
};

/** Who asked for an action. */
export const askerText = ({ askedBy, undoes }: Action): string => {
  const who = whoAsked(askedBy);
  return undoes === undefined ? who : `undo of ${undoes} by ${who}`;
};

const resultTexts: Readonly<Record<CallOutcome['result'], string>> = {
  done: 'done',
  tolerated: 'was so already',
  lost: 'is so; the answer was lost',
  failed: 'failed',
};
export const callOutcomeLine = (made: CallOutcome): string => {
  const so = resultTexts[made.result];
  return `${made.at}  ${callName(made)} ${made.error ? `${so}: ${made.error}` : so}`;
};

/** The command that takes an action back, or why there is none. */
export const undoText = (action: Action): string => {
  const why = whyNoUndo(action);
  if (why !== undefined) return `none: ${why}`;
  return undoCommand(action.id);
};

const verified = ({ undoes, controls, arn }: Action): string =>
  undoes === undefined
    ? `${controls.join(', ')} passes on ${arn}`
    : `what was there before ${undoes} is there again on ${arn}`;

/** What became of an action, with what to do next. */
export const outcomeLines = (action: Action | undefined, id: string): readonly string[] => {
  const look = `look later: ${runAs(`action ${id}`)}`;
  if (action === undefined) return [`${id} waits for its turn; ${look}`];
  const { state, guard, why, fixedAtFirst } = action;
  if (state === 'VERIFYING' && fixedAtFirst)
    return [`${painted(state)}  fixed, being confirmed; ${look}`];
  if (state === 'ACTING' || state === 'VERIFYING') return [`${painted(state)}  ${look}`];
  if (state === 'BLOCKED') {
    return [`${painted(state)}  nothing was changed; the guard ${guard} says: ${why}`];
  }
  const said = state === 'VERIFIED' ? verified(action) : (why ?? '');
  return [
    `${painted(state)}  ${said}`,
    ...action.calls.map((made) => `  ${callOutcomeLine(made)}`),
    `  action  ${id}`,
    ...(action.undoes === undefined ? [`  undo    ${undoText(action)}`] : []),
  ];
};
