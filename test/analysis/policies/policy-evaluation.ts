import { BlockList, isIPv4 } from 'node:net';

// What IAM answers one request, after "Policy evaluation logic" in its user guide: written apart from the evaluations,
// which must never be milder than it.

type Texts = string | readonly string[];
export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, Texts>>;
  readonly NotPrincipal?: Readonly<Record<string, Texts>>;
  readonly Action?: Texts;
  readonly NotAction?: Texts;
  readonly Resource?: Texts;
  readonly NotResource?: Texts;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
}
export interface Caller {
  /** By which a policy can name it: its account, the account's root, itself. None for who does not sign. */
  readonly ids: readonly string[];
  /** Keys in lower case. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
}

const list = (texts: Texts): readonly string[] => (typeof texts === 'string' ? [texts] : texts);

const like = (pattern: string, text: string): boolean => {
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, (sign) =>
    sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`,
  );
  return new RegExp(`^${source}$`, 's').test(text);
};

/** An ARN's six parts; the last holds what colons there are beyond. */
const parts = (arn: string): readonly string[] => {
  const split = arn.split(':');
  return [...split.slice(0, 5), split.slice(5).join(':')];
};
const arnLike = (pattern: string, arn: string): boolean =>
  parts(pattern).every((part, index) => like(part, parts(arn)[index] ?? ''));

const isInRange = (range: string, address: string): boolean => {
  const [net = '', prefix = isIPv4(net) ? '32' : '128'] = range.split('/');
  const block = new BlockList();
  block.addSubnet(net, Number(prefix), isIPv4(net) ? 'ipv4' : 'ipv6');
  return block.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
};

const tests: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  stringequals: (expected, actual) => expected === actual,
  stringequalsignorecase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  stringlike: like,
  arnequals: arnLike,
  arnlike: arnLike,
  ipaddress: isInRange,
  bool: (expected, actual) => expected.toLowerCase() === actual,
};

const expand = (text: string, context: Caller['context']): string =>
  text.replace(/\$\{([^}]*)\}/g, (all, key) => context[key.toLowerCase()]?.[0] ?? all);

const holds = (name: string, key: string, values: Texts, context: Caller['context']): boolean => {
  const [, set, bare = '', ifExists] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  const actual = context[key.toLowerCase()];
  if (bare === 'null') return list(values).includes(String(actual === undefined));
  const negated = bare.includes('not');
  if (actual === undefined) {
    if (set === 'foranyvalue') return false;
    return negated || ifExists !== undefined || set === 'forallvalues';
  }
  const test = tests[bare.replace('not', '')];
  if (!test) throw new Error(`No operator ${name}`);
  const meets = (one: string) =>
    list(values).some((value) => test(expand(value, context), one)) !== negated;
  return set === 'forallvalues' ? actual.every(meets) : actual.some(meets);
};

const isNamed = (principal: '*' | Readonly<Record<string, Texts>>, { ids }: Caller): boolean =>
  principal === '*' ||
  list(principal['AWS'] ?? []).some((id) => id === '*' || ids.some((own) => own === id));

const applies = (statement: RawStatement, { caller, action, resource }: Request): boolean => {
  const { Principal, NotPrincipal = {}, Action, NotAction = [] } = statement;
  const { Resource = '*', NotResource, Condition = {} } = statement;
  const isAction = (pattern: string) => like(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => like(expand(pattern, caller.context), resource);
  return (
    (Principal ? isNamed(Principal, caller) : !isNamed(NotPrincipal, caller)) &&
    (Action ? list(Action).some(isAction) : !list(NotAction).some(isAction)) &&
    (NotResource ? !list(NotResource).some(isResource) : list(Resource).some(isResource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key, values, caller.context)),
    )
  );
};

export const isAllowed = (statements: readonly RawStatement[], request: Request): boolean => {
  const effects = statements.filter((one) => applies(one, request)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
};
