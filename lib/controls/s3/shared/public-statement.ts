import { heldBy, principalElement, withoutSid } from '../../../analysis/policies/policy-closing.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { type Written, withElement } from '../../../analysis/policies/policy-editing.ts';
import { isKnownParty } from '../../../analysis/policies/principals.ts';
import { type Access, reaches } from './bucket-policy.ts';

/** The actions of a statement that stay open where `access` is closed: those that reach the other side alone. */
export const actionsBeyond = ({ actions }: Statement, access: Access): readonly string[] =>
  actions.not ? [] : actions.patterns.filter((each) => !reaches(each.toLowerCase(), access));

/**
 * A public statement, `access` taken from the public and from nobody else: the actions that reach only the other side
 * stay as they are, known parties stay, and everybody else is held to callers of this account. `undefined` where that
 * cannot be written.
 */
export const narrowed = (
  written: Written,
  statement: Statement,
  access: Access,
  account: string,
): readonly Written[] | undefined => {
  const { actions, principals } = statement;
  const listed = principals && !principals.not ? principals.list : [];
  const known = listed.filter(isKnownParty);
  const unknown = listed.filter((principal) => !isKnownParty(principal));
  // Services and identity providers have no account of their own to be held to.
  if (unknown.some(({ kind }) => kind !== 'AWS')) return undefined;
  const beyond = actionsBeyond(statement, access);
  const left = new Set(beyond);
  const taken = actions.patterns.filter((each) => !left.has(each));
  const closing = beyond.length > 0 ? withElement(written, 'Action', taken) : written;
  const held = heldBy(
    known.length > 0 ? withElement(closing, 'Principal', principalElement(unknown)) : closing,
    'aws:PrincipalAccount',
    account,
  );
  if (!held) return undefined;
  const parts = [
    ...(beyond.length > 0 ? [withElement(written, 'Action', beyond)] : []),
    ...(known.length > 0 ? [withElement(closing, 'Principal', principalElement(known))] : []),
    held,
  ];
  // A policy has each Sid once.
  return parts.map((part, index) => (index === 0 ? part : withoutSid(part)));
};
