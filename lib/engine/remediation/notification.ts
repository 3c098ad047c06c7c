import { clip } from '../../support/clip.ts';
import { plural } from '../../support/plural.ts';
import { runAs } from '../../support/run-as.ts';
import type { Rollout, Stop } from '../rollouts/rollout.ts';
import type { Action } from './action.ts';
import { undoCommand } from './undo-command.ts';

/** What people are sent: the subject is one that SNS takes. */
export interface Notification {
  readonly subject: string;
  readonly message: string;
}

const mostNames = 3;
const names = (all: readonly string[]): string => {
  if (all.length === 0) return 'somebody unknown';
  const more = all.length > mostNames ? ` and ${all.length - mostNames} more` : '';
  return `${all.slice(0, mostNames).join(', ')}${more}`;
};

const done = ({ state, undoes, canary }: Action): string => {
  const what = undoes === undefined ? 'remediation' : `undo of ${undoes}`;
  if (canary) return `${what} ${state}, tried on this host before all others`;
  return `${what} ${state}`;
};

const undoText = (action: Action): string => {
  const { plan, state, undoes } = action;
  if (undoes !== undefined || plan?.kind !== 'calls' || state === 'BLOCKED') return '';
  if ('impossible' in plan.undo) {
    return ` Cannot be taken back: ${clip(plan.undo.impossible, 200)}.`;
  }
  return ` Undo: ${undoCommand(action.id)}`;
};

/** The note on a finding, at most 512 characters: who brought the drift about, what was done, how to take it back. */
export const actionNote = (action: Action): string => {
  const { plan, undoes, guard, why, driftedBy } = action;
  const undo = undoText(action);
  const parts = [
    `${done(action)}${guard === undefined ? '' : ` by the guard ${guard}`}`,
    ...(plan?.kind === 'calls' && undoes === undefined ? [plan.summary] : []),
    ...(why === undefined ? [] : [why]),
    ...(undoes === undefined ? [`drift by ${names(driftedBy)}`] : []),
  ];
  return `${clip(`${parts.join('; ')}.`, 512 - undo.length)}${undo}`;
};

/** The note on a finding while a first read shows it fixed, at most 512 characters. */
export const firstNote = (action: Action): string => {
  const { plan } = action;
  const undo = undoText(action);
  const what = plan?.kind === 'calls' ? `; ${plan.summary}` : '';
  return `${clip(`remediation: fixed, being confirmed${what}.`, 512 - undo.length)}${undo}`;
};

// SNS refuses a message whose subject has line breaks, control characters or 100 characters; ASCII is safe everywhere.
export const subjectFor = (text: string): string => text.replace(/[^ -~]/g, '?').slice(0, 99);
const subjectOf = (what: string, { controls, ref }: Action): string =>
  subjectFor(`Plumbline: ${what}, ${controls.join(' ')} on ${ref.id}`);

/**
 * What people are told of an action, where it is not as it should be.
 * @param isNoted whether the findings say it
 */
export const noticeOf = (action: Action, isNoted = true): Notification | undefined => {
  const isAmiss = ['INEFFECTIVE', 'PARTIAL', 'UNVERIFIED'].includes(action.state);
  if (!isAmiss && isNoted) return undefined;
  const message = [actionNote(action), `Resource: ${action.arn}`, runAs(`action ${action.id}`)];
  return { subject: subjectOf(action.state, action), message: message.join('\n') };
};

/** What stands in the ledger is not what was planned: somebody may have written it. */
export const ledgerNotice = (action: Action): Notification => ({
  subject: subjectOf('refused what the ledger says', action),
  message: [
    `${action.why ?? 'an action'}: nothing was called.`,
    'Somebody may have written to the table of Plumbline: look in CloudTrail for who may.',
    runAs(`action ${action.undoes ?? action.id}`),
  ].join('\n'),
});

/** An operator has let go again what was stopped. */
export const letGoNotice = (what: string, by: string): Notification => ({
  subject: subjectFor(`Plumbline: ${what}`),
  message: `${what}, by ${by}.\nStop it with: ${runAs('remediation off')}`,
});

/** The ledger held the word of an operator that nobody has sealed. */
export const forgedWordNotice = (what: string): Notification => ({
  subject: subjectFor(`Plumbline: somebody forged an operator's word (${what})`),
  message: [
    `The ledger said that an operator has let go again: ${what}. Nobody has sealed that, so nothing was let go by it; it is taken out.`,
    'Only the function that acts may write there: look in CloudTrail for who changed the policy of the table, or its role.',
  ].join('\n'),
});

/** Somebody asked, as a person does, whom the baseline does not name. */
export const foreignRequestNotice = (id: string, what: string): Notification => ({
  subject: subjectFor(`Plumbline: refused a request of ${id}`),
  message: [
    `${id} is the id of no operator, and asked Plumbline: ${what}. Nothing was done.`,
    'The queue of remediations takes nothing from anybody else: look in CloudTrail for who changed its policy,',
    'or whether an operator was deleted and made anew.',
  ].join('\n'),
});

/** Somebody and we change the same thing again and again. */
export const flappingNotice = (action: Action, drifts: number, hours: number): Notification => ({
  subject: subjectOf('flapping', action),
  message: [
    `${action.controls.join(' ')} drifted ${plural(drifts, 'time')} in ${plural(hours, 'hour')} on ${action.arn}.`,
    `Plumbline put it right, ${names(action.driftedBy)} changed it again: it is left as it is until a person decides.`,
    runAs(`action ${action.id}`),
  ].join('\n'),
});

/** A fix is not carried on to the other hosts. */
export const rolloutNotice = (
  { control, document, system }: Rollout,
  { action, host, why }: Stop,
): Notification => ({
  subject: subjectFor(`Plumbline: rollout of ${control} stopped by ${host}`),
  message: [
    `${control} is put right on no further host by itself (${document} on ${system}).`,
    `${host}: ${why}.`,
    `See it with: ${runAs(`action ${action}`)}`,
    `Start it again once that is understood: ${runAs(`rollouts start ${control}`)}`,
  ].join('\n'),
});

/** A control reached its limit of actions in an account, for all or for those who bring the drift about. */
export const breakerNotice = (
  action: Action,
  {
    control,
    until,
    actions,
    actors,
  }: {
    readonly control: string;
    readonly until: string;
    readonly actions: number;
    readonly actors?: readonly string[];
  },
): Notification => ({
  subject: subjectFor(`Plumbline: breaker of ${control} is open`),
  message: [
    `${control} reached its limit of ${plural(actions, 'action')} in an hour${actors ? ` for drift by ${names(actors)}` : ''}; until ${until} it is only planned in account ${action.ref.account}.`,
    `The first action that was not done: ${action.id} on ${action.arn}. It is pending: ${runAs('actions --pending')}`,
    'What is CRITICAL or exposed goes on while its reserve lasts.',
    `Close it by hand: ${runAs(`breakers close ${control}`)}`,
  ].join('\n'),
});

/** A finding was suppressed by somebody whose word does not count. */
export const suppressionNotice = (control: string, arn: string, why: string): Notification => ({
  subject: subjectFor(`Plumbline: suppression of ${control} does not count`),
  message: [
    `Somebody suppressed the finding of ${control} on ${arn}: ${why}. It is put right all the same.`,
    'Only an operator of the baseline who did not bring it about can have it left alone, or an exemption.',
  ].join('\n'),
});
