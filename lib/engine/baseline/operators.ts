import { iam } from '../../services/iam.ts';
import { homeRegion } from '../../services/regions.ts';

const partition = 'arn:aws(?:-[a-z]+)*';
const example = iam.arn('role', { account: '123456789012', region: homeRegion }, 'ops');
const operatorArn = new RegExp(
  `^${partition}:iam::\\d{12}:(?:role|user)/(?:[\\x21-\\x7e]{1,510}/)?[\\w+=,.@-]{1,64}$`,
);
const sessionArn = new RegExp(`^(${partition}):sts::(\\d{12}):assumed-role/([^/]+)/`);

/** What fits beside the rest into the policy of a queue, of which SQS takes 8,192 bytes. */
const mostOperators = 20;
const mostCharacters = 4000;
export const operatorsLimit = `at most ${mostOperators} operators, of ${mostCharacters} characters`;
export const areFew = (operators: readonly string[]): boolean =>
  operators.length <= mostOperators && operators.join('').length <= mostCharacters;

/** Whether a text names one role or one user, and nobody else. */
export const isOperatorArn = (text: string): boolean =>
  operatorArn.test(text) && !/[*?]/.test(text);

/** What is to be written in the place of a text that names no operator. */
export const operatorAdvice = (text: unknown): string => {
  const usual = `allowed: the ARN of a role or user, such as ${example}`;
  if (typeof text !== 'string') return usual;
  const [, iam, account, role] = sessionArn.exec(text) ?? [];
  if (role !== undefined)
    return `this is a session: name its role, ${iam}:iam::${account}:role/${role}`;
  if (/[*?]/.test(text)) return 'each operator is named alone: no * and no ?';
  if (/^arn:[^:]*:iam::\d{12}:root$/.test(text) || /^\d{12}$/.test(text))
    return 'an account is everybody in it: name a role or a user';
  return usual;
};

/** What somebody can ask for of a resource; `audit`: that hosts are looked at anew, which changes nothing. */
export const operatorRequests = ['fix', 'undo', 'exempt', 'audit'] as const;
export type OperatorRequest = (typeof operatorRequests)[number];

/** What an operator may ask for, and where; all of it, in each account, where nothing is said. */
export interface OperatorScope {
  readonly accounts?: readonly string[] | undefined;
  /** Units of the organization, whose accounts are theirs as well; none is while nobody has listed these. */
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly may?: readonly OperatorRequest[] | undefined;
}
/** As much of a baseline as says who may ask for what. */
export interface Operating {
  readonly operators: readonly string[];
  /** By ARN, of those who may not ask for everything everywhere. @default - there are none */
  readonly operatorScopes?: Readonly<Record<string, OperatorScope>>;
}

/**
 * Why an operator may not ask for something; `undefined` where they may. What is of no single resource, the switch or a
 * breaker, counts in every account: only who may ask for everything asks for that.
 */
export const whyOutOfScope = (
  operator: string,
  asked: { readonly ask: OperatorRequest | 'other'; readonly account: string },
  { operatorScopes = {} }: Pick<Operating, 'operatorScopes'>,
): string | undefined => {
  const scope = Object.hasOwn(operatorScopes, operator) ? operatorScopes[operator] : undefined;
  if (!scope) return undefined;
  const { ask, account } = asked;
  if (ask === 'other')
    return `${operator} is an operator for some accounts or asks alone, and this counts for all`;
  const { accounts = scope.organizationalUnits && [] } = scope;
  if (accounts?.includes(account) === false)
    return `${operator} is no operator for account ${account}, but for ${accounts.join(', ') || 'none'}`;
  return scope.may?.includes(ask) === false
    ? `${operator} may not ask for ${ask}, but for ${scope.may.join(', ')}`
    : undefined;
};

/** The operators who may ask for one of these in some account. */
export const operatorsWho = (
  asks: readonly OperatorRequest[],
  { operators, operatorScopes = {} }: Operating,
): readonly string[] =>
  operators.filter((one) => {
    const may = Object.hasOwn(operatorScopes, one) ? operatorScopes[one]?.may : undefined;
    return may === undefined || asks.some((ask) => may.includes(ask));
  });
/** Those who may ask for what changes something, if it is only a word. */
export const whoChange = (baseline: Operating): readonly string[] =>
  operatorsWho(['fix', 'undo', 'exempt'], baseline);

/** The operators who may ask for something in an account. */
export const operatorsFor = (
  asked: { readonly ask: OperatorRequest; readonly account: string },
  baseline: Operating,
): readonly string[] =>
  baseline.operators.filter((one) => whyOutOfScope(one, asked, baseline) === undefined);
