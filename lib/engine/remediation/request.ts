import { randomUUID } from 'node:crypto';
import type { Ref } from '../../model/resource-type.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { currentType } from '../posture/former-types.ts';
import type { Granted } from '../posture/row.ts';
import { type Action, type AskedBy, actionId, isActionId } from './action.ts';

interface Asked {
  readonly version: 1;
  /** The action's id. */
  readonly id: string;
  readonly type: string;
  readonly ref: Ref;
  readonly askedBy: AskedBy;
}
/** Put right what these controls found. */
export interface FixRequest extends Asked {
  readonly ask: 'remediate';
  readonly controls: readonly string[];
  /** Since when it waits for its time, and how often it was asked meanwhile. */
  readonly waited?: { readonly since: string; readonly tries: number };
  /** The plan that a person was shown; another one is refused. */
  readonly shown?: string;
  /** A risk above `safe` that a person takes by name. */
  readonly accepts?: 'disruptive';
}
/** Take an action back. */
export interface UndoRequest extends Asked {
  readonly ask: 'undo';
  readonly undoes: string;
  /** The action that a person has confirmed to be taken back; an undo of any other is refused. */
  readonly confirms?: string;
}
/**
 * A person's wish to take an action back, which they have confirmed by its id.
 * @param who the ARN of the person
 */
export const undoRequest = (
  { id: undoes, type, ref, controls }: Pick<Action, 'id' | 'type' | 'ref' | 'controls'>,
  who: string,
): UndoRequest => ({
  version: 1,
  ask: 'undo',
  id: actionId({ type, ref, controls, episodes: [], attempt: randomUUID() }),
  type,
  ref,
  askedBy: { kind: 'person', who },
  undoes,
  confirms: undoes,
});
/** A host has answered a command that an action sent: go on with it. */
export interface HostAnswer extends Asked {
  readonly ask: 'answer';
  readonly command: string;
}
/** The verdict that an action waits for is in: from this version on in the row of its resource. */
export interface ConcludeRequest extends Asked {
  readonly ask: 'conclude';
  readonly row: number;
}
/** A person answers for a failure of one control on the resource, or does so no longer. */
export interface ExemptRequest extends Asked {
  readonly ask: 'exempt';
  readonly control: string;
  /** Absent where the exemption ends. */
  readonly granted?: Granted;
}
/** Fixes of one control on hosts begin anew where they have stopped; the id of `ref` says nothing. */
export interface RestartRequest extends Asked {
  readonly ask: 'restart';
  readonly control: string;
}
/** The kill switch lets everything go again; `ref` says nothing but where. */
export interface TurnOnRequest extends Asked {
  readonly ask: 'turnOn';
}
/** The breaker of a control is closed before its time; the id of `ref` says nothing. */
export interface CloseRequest extends Asked {
  readonly ask: 'close';
  readonly control: string;
}
/** What the Remediations queue carries, beside custom actions as Security Hub sends them. */
export type RemediationRequest =
  | FixRequest
  | UndoRequest
  | HostAnswer
  | ConcludeRequest
  | ExemptRequest
  | RestartRequest
  | TurnOnRequest
  | CloseRequest;

const isAsked = (body: Readonly<Record<string, unknown>>): boolean =>
  body['version'] === 1 &&
  isActionId(text(body['id']) ?? '') &&
  text(body['type']) !== undefined &&
  ['account', 'region', 'id'].every((part) => text(asRecord(body['ref'])[part]) !== undefined) &&
  ['drift', 'backlog', 'person'].includes(text(asRecord(body['askedBy'])['kind']) ?? '');

const isWaited = (waited: unknown): boolean => {
  const { since, tries } = asRecord(waited);
  return !Number.isNaN(Date.parse(text(since) ?? '')) && Number.isInteger(tries);
};

/** Characters of what a person says of an exemption. */
const mostSaid = 1024;
const isSaid = (said: unknown): boolean => {
  const length = text(said)?.length ?? 0;
  return length > 0 && length <= mostSaid;
};
const isGrantedOrNone = (granted: unknown): boolean => {
  if (granted === undefined) return true;
  const { owner, reason, expires } = asRecord(granted);
  return isSaid(owner) && isSaid(reason) && !Number.isNaN(Date.parse(text(expires) ?? ''));
};

/** Whether a message is a request; what is none is never acted on. */
export const isRequest = (body: unknown): body is RemediationRequest => {
  const message = asRecord(body);
  if (!isAsked(message)) return false;
  if (message['ask'] === 'undo') return isActionId(text(message['undoes']) ?? '');
  if (message['ask'] === 'turnOn') return true;
  if (message['ask'] === 'restart' || message['ask'] === 'close')
    return text(message['control']) !== undefined;
  if (message['ask'] === 'exempt')
    return text(message['control']) !== undefined && isGrantedOrNone(message['granted']);
  if (message['ask'] === 'answer') return text(message['command']) !== undefined;
  if (message['ask'] === 'conclude') return Number.isInteger(message['row']);
  const { controls, waited } = message;
  return (
    message['ask'] === 'remediate' &&
    (waited === undefined || isWaited(waited)) &&
    Array.isArray(controls) &&
    controls.length > 0 &&
    controls.every((control) => typeof control === 'string')
  );
};

/** The controls that a request names. */
const controlsOf = (ask: RemediationRequest): readonly string[] => {
  if (ask.ask === 'remediate') return ask.controls;
  return ask.ask === 'exempt' || ask.ask === 'restart' ? [ask.control] : [];
};

/** A request with what it may say, and nothing else; one of a release before is of the type that its controls are of now. */
export const onlyAsked = (ask: RemediationRequest): RemediationRequest => {
  const { account, region, id } = ask.ref;
  const { askedBy } = ask;
  const who = askedBy.kind === 'person' ? text(askedBy.who) : undefined;
  const by: AskedBy = who === undefined ? { kind: askedBy.kind } : { kind: 'person', who };
  const common = {
    version: 1,
    id: ask.id,
    type: currentType(ask.type, controlsOf(ask)),
    ref: { account, region, id },
    askedBy: by,
  } as const;
  if (ask.ask === 'turnOn') return { ...common, ask: ask.ask };
  if (ask.ask === 'restart' || ask.ask === 'close')
    return { ...common, ask: ask.ask, control: ask.control };
  if (ask.ask === 'exempt') {
    const { control, granted } = ask;
    if (!granted) return { ...common, ask: ask.ask, control };
    const { owner, reason } = granted;
    const expires = new Date(granted.expires).toISOString();
    const unconfirmed = granted.unconfirmed === true ? { unconfirmed: true as const } : {};
    return {
      ...common,
      ask: ask.ask,
      control,
      granted: { owner, reason, expires, ...unconfirmed },
    };
  }
  if (ask.ask === 'answer') return { ...common, ask: ask.ask, command: ask.command };
  if (ask.ask === 'conclude') return { ...common, ask: ask.ask, row: ask.row };
  if (ask.ask === 'undo') {
    const confirms = text(ask.confirms);
    const confirmed = confirms !== undefined && isActionId(confirms) ? { confirms } : {};
    return { ...common, ask: ask.ask, undoes: ask.undoes, ...confirmed };
  }
  const { controls, waited, shown, accepts } = ask;
  return {
    ...common,
    ask: ask.ask,
    controls,
    ...(waited ? { waited: { since: waited.since, tries: waited.tries } } : {}),
    ...(typeof shown === 'string' ? { shown } : {}),
    ...(accepts === 'disruptive' ? { accepts } : {}),
  };
};

/**
 * A request of the person who was found to have sent it, whatever it says of that; `undefined` where no person can know
 * what it says.
 */
export const askedByPerson = (
  ask: RemediationRequest,
  askedBy: Extract<AskedBy, { kind: 'person' }>,
): RemediationRequest | undefined => {
  if (ask.ask === 'answer' || ask.ask === 'conclude') return undefined;
  if (ask.ask === 'remediate' && ask.waited) return undefined;
  return { ...ask, askedBy };
};
