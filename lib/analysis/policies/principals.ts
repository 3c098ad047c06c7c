import type { Principal, Statement } from './policy-document.ts';

/** A wildcard or a policy variable, `${aws:userid}`: the value stands for many. */
export const isFixed = (value: string): boolean => !/[*?]|\$\{/.test(value);

/** A Deny or Allow for everybody, anonymous callers too: `"*"` and `{"AWS": "*"}` mean the same. */
export const namesEverybody = ({ principals }: Pick<Statement, 'principals'>): boolean =>
  principals !== undefined &&
  !principals.not &&
  principals.list.some(({ kind, id }) => kind === 'AWS' && id === '*');

/** Whether it is one known party. Of identity providers only a SAML one is: anybody gets an account at the others. */
export const isKnownParty = ({ kind, id }: Principal): boolean =>
  isFixed(id) && (kind !== 'Federated' || /^arn:[^:]+:iam::\d{12}:saml-provider\//.test(id));

/** The unique id of a user or role that was deleted: policies show it in place of the name, and nobody can have it again. */
export const isDeletedId = (id: string): boolean => /^A[A-Z0-9]{15,}$/.test(id);

/** The 12-digit account of an account's number or of an ARN; `undefined` where there is none. */
export const accountOf = (id: string): string | undefined =>
  /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::|$)/.exec(id)?.[1];
