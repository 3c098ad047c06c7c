import type { Evidence } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { covers } from '../../support/pattern-sets.ts';
import { matches, overlaps } from '../../support/wildcards.ts';
import { harmless, harmlessOfNamed, sessionActions } from './guest-actions.ts';
import { type Condition, parsePolicy, type Statement } from './policy-document.ts';
import { actionPatterns, coversAction } from './policy-matching.ts';

/**
 * Who signs the tokens of identity pools; GovCloud and China have others:
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html and
 * https://docs.amazonaws.cn/cognito/latest/developerguide/identity-pools-security-best-practices.html
 */
const issuer = /(?:^|\/)cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?$/i;

const isMet = (operator: string, said: string, value: string): boolean => {
  if (operator.endsWith('like')) return matches(said, value);
  return operator.endsWith('ignorecase')
    ? said.toLowerCase() === value.toLowerCase()
    : said === value;
};

/** Whether a condition on a claim of Cognito's token evidently does not hold for this value. */
const shutsOut = ({ operator, key, values }: Condition, claim: string, value: string): boolean => {
  const [by, ...rest] = key.split(':');
  if (!issuer.test(by ?? '') || rest.join(':') !== claim) return false;
  // What a policy variable stands for is not known.
  if (values.length === 0 || values.some((one) => one.includes('${'))) return false;
  const isOne = values.some((one) => isMet(operator, one, value));
  return operator.startsWith('stringnot') ? isOne : operator.startsWith('string') && !isOne;
};

/**
 * Whether a trust policy lets guests of a pool in: they bring a token of Cognito for the pool (`aud`) that says
 * `unauthenticated` (`amr`). https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export const admitsGuestsOf = (trust: readonly Statement[], pool: string): boolean =>
  trust.some(
    ({ effect, principals, conditions, ...one }) =>
      effect === 'Allow' &&
      coversAction(one, 'sts:AssumeRoleWithWebIdentity') &&
      (!principals ||
        principals.not ||
        principals.list.some(({ id }) => id === '*' || issuer.test(id))) &&
      !conditions.some(
        (condition) =>
          shutsOut(condition, 'aud', pool) || shutsOut(condition, 'amr', 'unauthenticated'),
      ),
  );

/** What stands before the name of a resource, by service in no order. */
const kinds: readonly string[] = [
  ...[
    'table',
    'function',
    'stream',
    'deliverystream',
    'api',
    'apis',
    'endpoint',
    'bot',
    'bot-alias',
  ],
  ...['topic', 'topicfilter', 'client', 'campaign', 'recommender', 'accesspoint'],
].flatMap((kind) => [`${kind}/`, `${kind}:`]);

/** `site/*` of S3 names a bucket, `table/*` of DynamoDB nothing, and neither does `t*`. */
const isNamed = (resource: string): boolean => {
  const [arn, , service = '', region, , ...rest] = resource.split(':');
  if (arn !== 'arn' || /[*?$]/.test(service)) return false;
  const own = rest.join(':');
  const isBucket = service === 's3' && region === '';
  const kind = isBucket ? undefined : kinds.find((one) => own.startsWith(one));
  const [name = ''] = own.slice(kind?.length).split(/[*?$]/);
  const isCut = name.length < own.length - (kind?.length ?? 0);
  if (name === '') return false;
  return isBucket || kind !== undefined || !isCut || !kinds.some((one) => one.startsWith(name));
};

/** Upper limits of what an identity may do: an action has to be in every one of these lists. */
const limitsOf = (
  statements: readonly Statement[],
  boundary: readonly Statement[] | undefined,
  isScopedDown: boolean,
): readonly (readonly string[])[] => [
  ...(isScopedDown ? [sessionActions] : []),
  ...(boundary?.every(({ actions }) => !actions.not)
    ? [boundary.filter(({ effect }) => effect === 'Allow').flatMap(actionPatterns)]
    : []),
  ...statements.filter((one) => deniesAlways(one) && one.actions.not).map(actionPatterns),
];

const deniesAlways = ({ effect, resources, conditions }: Statement): boolean =>
  effect === 'Deny' &&
  conditions.length === 0 &&
  !resources.not &&
  resources.patterns.includes('*');

interface Power {
  /** The Allow statement; its path is like `Statement[0]`. */
  readonly statement: Statement;
  /** The patterns of its actions that give too much; `*` where it has NotAction. */
  readonly actions: readonly string[];
}

/**
 * The statements that give a guest more than actions known to be harmless. Conditions of an Allow are ignored.
 * @param isScopedDown whether guests get credentials by the enhanced flow only
 * @param granted further actions that the baseline gives to guests
 */
const powersOf = (
  statements: readonly Statement[],
  {
    boundary,
    isScopedDown,
    granted,
  }: {
    readonly boundary: readonly Statement[] | undefined;
    readonly isScopedDown: boolean;
    readonly granted: readonly string[];
  },
): readonly Power[] => {
  const denied = statements
    .filter((one) => deniesAlways(one) && !one.actions.not)
    .flatMap(actionPatterns);
  const limits = limitsOf(statements, boundary, isScopedDown);
  const known = [...harmless, ...granted.map((one) => one.toLowerCase())];
  const isPower = (pattern: string, isOfNamed: boolean): boolean => {
    const safe = [...(isOfNamed ? [...known, ...harmlessOfNamed] : known), ...denied];
    const isSafe = (one: string) => covers(safe, one);
    return (
      !isSafe(pattern) &&
      limits.every((limit) => limit.some((one) => overlaps(one, pattern) && !isSafe(one)))
    );
  };
  return statements.flatMap((statement) => {
    if (statement.effect !== 'Allow') return [];
    const { resources } = statement;
    const isOfNamed = !resources.not && resources.patterns.every(isNamed);
    // A statement with NotAction is taken as one that allows every action.
    const asked = statement.actions.not ? ['*'] : actionPatterns(statement);
    const actions = asked.filter((pattern) => isPower(pattern, isOfNamed));
    return actions.length > 0 ? [{ statement, actions }] : [];
  });
};

/** The policies of a role, and its permissions boundary. */
interface Privileges {
  readonly documents: readonly string[];
  readonly boundary: string | undefined;
}
type How = Pick<Parameters<typeof powersOf>[1], 'isScopedDown' | 'granted'>;

/** The statements of a role that give too much to guests, who do not sign in. */
export const guestPowers = (
  { documents, boundary }: Privileges,
  how: How,
): { readonly powers: readonly Power[] } | { readonly unreadable: string } => {
  const limit = boundary === undefined ? undefined : parsePolicy(boundary);
  if (limit && 'unreadable' in limit) return { unreadable: `boundary: ${limit.unreadable}` };
  const all: Statement[] = [];
  for (const [index, document] of documents.entries()) {
    const parsed = parsePolicy(document);
    if ('unreadable' in parsed) return { unreadable: `documents[${index}]: ${parsed.unreadable}` };
    all.push(
      ...parsed.statements.map((one) => ({ ...one, path: `documents[${index}].${one.path}` })),
    );
  }
  return { powers: powersOf(all, { ...how, boundary: limit?.statements }) };
};

/** @param facet that holds the documents */
export const evidenceOfPowers = (facet: string, powers: readonly Power[]): readonly Evidence[] =>
  powers.map(({ statement, actions }) => ({
    path: `${facet}.${statement.path}.${statement.actions.not ? 'NotAction' : 'Action'}`,
    actual: statement.actions.not ? statement.actions.patterns : actions,
    expected: 'actions that tell of use, or read resources that are named',
  }));

/** The parameter of the controls that evaluate what guests may do. */
export const guestActions = strings({
  default: [],
  allowed:
    'actions of IAM that guests may have beside those that do no harm, in which * stands for any text',
});
