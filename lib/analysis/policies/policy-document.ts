import { parseJson, RepeatedKey } from '../../support/json.ts';
/** What `Action` or `Resource` lists; with `not`, everything but what is listed. */
export interface Listing {
  readonly not: boolean;
  readonly patterns: readonly string[];
}
export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
}
/** One operator on one key: `ForAnyValue:StringLikeIfExists` is `stringlike`, of `any` value, `ifExists`. */
export interface Condition {
  /** In lower case, since IAM ignores the case of operators and of keys. */
  readonly operator: string;
  readonly set: 'any' | 'all' | undefined;
  readonly ifExists: boolean;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}
export interface Statement {
  /** Where it stands in the document, `Statement[0]`; `Statement` where that is no list. */
  readonly path: string;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** `undefined` in a policy of an identity, which is about whoever it is attached to. */
  readonly principals: { readonly not: boolean; readonly list: readonly Principal[] } | undefined;
  readonly actions: Listing;
  /** Everything in a trust policy, which names no resource but is about its role. */
  readonly resources: Listing;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}
export type PolicyDocument =
  | { readonly statements: readonly Statement[] }
  | { readonly unreadable: string };

class Unreadable extends Error {}

type Fields = ReadonlyMap<string, unknown>;

const kinds: ReadonlyMap<string, PrincipalKind> = new Map([
  ['aws', 'AWS'],
  ['service', 'Service'],
  ['federated', 'Federated'],
  ['canonicaluser', 'CanonicalUser'],
]);
const elements: ReadonlySet<string> = new Set([
  ...['sid', 'effect', 'principal', 'notprincipal', 'action', 'notaction'],
  ...['resource', 'notresource', 'condition'],
]);

const fieldsOf = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable(`${what} is not an object`);
  const fields = new Map<string, unknown>();
  for (const [name, field] of Object.entries(value)) {
    const key = name.toLowerCase();
    if (fields.has(key)) throw new Unreadable(`${what} has ${key} twice`);
    fields.set(key, field);
  }
  return fields;
};

const textOf = (value: unknown, what: string): string => {
  if (typeof value === 'string') return value;
  // Booleans and numbers stand unquoted in conditions, and an account's number sometimes does.
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new Unreadable(`${what} holds something that is no text`);
};

const textsOf = (value: unknown, what: string): string[] =>
  Array.isArray(value) ? value.map((item) => textOf(item, what)) : [textOf(value, what)];

const listingOf = (fields: Fields, name: string, path: string): Listing | undefined => {
  const [listed, excepted] = [fields.get(name), fields.get(`not${name}`)];
  if (listed !== undefined && excepted !== undefined)
    throw new Unreadable(`${path} has both ${name} and not${name}`);
  if (listed !== undefined) return { not: false, patterns: textsOf(listed, `${path}.${name}`) };
  if (excepted === undefined) return undefined;
  return { not: true, patterns: textsOf(excepted, `${path}.not${name}`) };
};

const kindOf = (name: string, path: string): PrincipalKind => {
  const kind = kinds.get(name);
  if (!kind) throw new Unreadable(`${path} has a principal of the unknown kind ${name}`);
  return kind;
};

const principalsOf = (value: unknown, path: string): Principal[] => {
  if (typeof value === 'string') return [{ kind: 'AWS', id: value }];
  const principals: Principal[] = [];
  for (const [name, ids] of fieldsOf(value, `${path}.principal`)) {
    const kind = kindOf(name, path);
    for (const id of textsOf(ids, `${path}.principal`)) principals.push({ kind, id });
  }
  return principals;
};

const principalOf = (fields: Fields, path: string): Statement['principals'] => {
  const [listed, excepted] = [fields.get('principal'), fields.get('notprincipal')];
  if (listed !== undefined && excepted !== undefined)
    throw new Unreadable(`${path} has both principal and notprincipal`);
  if (listed !== undefined) return { not: false, list: principalsOf(listed, path) };
  if (excepted === undefined) return undefined;
  return { not: true, list: principalsOf(excepted, path) };
};

const sets = [
  ['forallvalues:', 'all'],
  ['foranyvalue:', 'any'],
] as const;

const operatorOf = (name: string): Pick<Condition, 'operator' | 'set' | 'ifExists'> => {
  const ifExists = name.endsWith('ifexists');
  const bare = ifExists ? name.slice(0, -'ifexists'.length) : name;
  for (const [prefix, set] of sets)
    if (bare.startsWith(prefix)) return { operator: bare.slice(prefix.length), set, ifExists };
  return { operator: bare, set: undefined, ifExists };
};

const conditionsOf = (value: unknown, path: string): Condition[] => {
  const conditions: Condition[] = [];
  if (value === undefined) return conditions;
  const what = `${path}.condition`;
  for (const [name, keys] of fieldsOf(value, what)) {
    const { operator, set, ifExists } = operatorOf(name);
    for (const [key, values] of fieldsOf(keys, what))
      conditions.push({ operator, set, ifExists, key, values: textsOf(values, what) });
  }
  return conditions;
};

const effectOf = (value: unknown, path: string): Statement['effect'] => {
  if (value === 'Allow' || value === 'Deny') return value;
  throw new Unreadable(`${path} has an effect that is neither Allow nor Deny`);
};

const statementOf = (value: unknown, path: string): Statement => {
  const fields = fieldsOf(value, path);
  const strange = [...fields.keys()].find((name) => !elements.has(name));
  if (strange !== undefined) throw new Unreadable(`${path} has the unknown element ${strange}`);
  const actions = listingOf(fields, 'action', path);
  if (!actions) throw new Unreadable(`${path} names no action`);
  const sid = fields.get('sid');
  return {
    path,
    sid: typeof sid === 'string' && sid !== '' ? sid : undefined,
    effect: effectOf(fields.get('effect'), path),
    principals: principalOf(fields, path),
    actions,
    resources: listingOf(fields, 'resource', path) ?? { not: false, patterns: ['*'] },
    conditions: conditionsOf(fields.get('condition'), path),
  };
};

/** A policy's JSON: IAM answers with its documents URL-encoded (RFC 3986), other services do not. */
export const policyText = (text: string): string =>
  text.trimStart().startsWith('%') ? decodeURIComponent(text) : text;

const statementsOf = (text: string): Statement[] => {
  const statement = fieldsOf(parseJson(policyText(text)), 'the policy').get('statement');
  return Array.isArray(statement)
    ? statement.map((one, index) => statementOf(one, `Statement[${index}]`))
    : [statementOf(statement, 'Statement')];
};

/** Why a policy is not read. The message of V8 is not used: it would hold a piece of the policy. */
const whyUnreadable = (error: unknown): string | undefined => {
  if (error instanceof Unreadable || error instanceof RepeatedKey) return error.message;
  if (error instanceof URIError) return 'its percent-encoding is broken';
  return error instanceof SyntaxError ? 'it is not valid JSON' : undefined;
};

const parsed = (text: string): PolicyDocument => {
  try {
    return { statements: statementsOf(text) };
  } catch (error) {
    const unreadable = whyUnreadable(error);
    if (unreadable === undefined) throw error;
    return { unreadable };
  }
};

// The policies of the resource that is evaluated, however long, and what many have, as roles trust few services.
const alwaysKept = 8;
const mostCharacters = 262_144;
const kept = new Map<string, PolicyDocument>();
let held = 0;
/**
 * Reads a policy's text, plain or URL-encoded. What it cannot understand it refuses: it never leaves out a part. The
 * latest are kept: several controls look at one policy.
 */
export const parsePolicy = (text: string): PolicyDocument => {
  const known = kept.get(text);
  if (known) return known;
  const found = parsed(text);
  if (kept.size >= alwaysKept && held + text.length > mostCharacters) {
    kept.clear();
    held = 0;
  }
  held += text.length;
  kept.set(text, found);
  return found;
};
