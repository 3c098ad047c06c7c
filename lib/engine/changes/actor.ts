import type { EventDetail } from '../../model/resource-type.ts';
import { plainText } from '../../support/plain-text.ts';
import { asRecord, text } from '../../support/untyped.ts';
import type { EventCause } from './change.ts';

/**
 * One name for who called, whatever kind of identity it is. A caller of another account has no ARN but an opaque
 * principal id, which means something only with its account; a user of Identity Center is an id in an identity store
 * (cloudtrail-event-reference-user-identity).
 */
const nameOf = (identity: Record<string, unknown>, account: string | undefined) => {
  const person = asRecord(identity['onBehalfOf']);
  const store = text(person['identityStoreArn']);
  const user = text(person['userId']);
  const own = text(identity['principalId']) ?? text(identity['userName']);
  if (text(identity['arn']) !== undefined) return text(identity['arn']);
  if (identity['type'] === 'IdentityCenterUser' && user !== undefined) {
    return [store ?? account, user].filter((part) => part !== undefined).join('/');
  }
  // AWS's own call in its own name has no principal.
  if (own === undefined) return text(identity['invokedBy']) ?? account;
  return account === undefined || own === account ? own : `${account}/${own}`;
};

/** For whom it was called beside the caller: a user of Identity Center, or the account of a product's provider. */
const beneficiaryOf = (identity: Record<string, unknown>): string | undefined => {
  const { userId, identityStoreArn } = asRecord(identity['onBehalfOf']);
  const user = text(userId);
  if (user !== undefined) return [text(identityStoreArn), user].filter((part) => part).join('/');
  return text(asRecord(identity['invokedByDelegate'])['accountId']);
};

/** Whoever calls without credentials is of the account ANONYMOUS_PRINCIPAL. */
const isAccountId = (account: string | undefined): boolean => /^\d{12}$/.test(account ?? '');

/** Who called, from where and as whom: AWS's texts, of which the caller chose some, each with the most that is kept. */
export const actorOf = (detail: EventDetail): Partial<EventCause> => {
  const identity = asRecord(detail['userIdentity']);
  const session = asRecord(identity['sessionContext']);
  const issuer = asRecord(session['sessionIssuer']);
  const from = text(detail['sourceIPAddress']);
  // The caller's own account; that of who gave the session where the identity does not say it.
  const account = text(identity['accountId']) ?? text(issuer['accountId']);
  const said: Record<string, readonly [value: string | undefined, most: number]> = {
    by: [nameOf(identity, account) ?? (identity['type'] === 'AWSService' ? from : undefined), 620],
    identity: [text(identity['type']), 40],
    account: [isAccountId(account) ? account : undefined, 12],
    principal: [text(identity['principalId']), 160],
    issuer: [text(issuer['arn']), 620],
    onBehalfOf: [beneficiaryOf(identity), 200],
    from: [from, 128],
    userAgent: [text(detail['userAgent']), 200],
    invokedBy: [text(identity['invokedBy']), 128],
    sourceIdentity: [text(session['sourceIdentity']) ?? text(identity['sourceIdentity']), 64],
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, [value, most]]) =>
      value === undefined ? [] : [[name, plainText(value, most)]],
    ),
  );
};
