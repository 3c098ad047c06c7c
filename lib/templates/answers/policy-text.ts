import { Unresolved } from '../../model/unresolved.ts';
import { parseJson } from '../../support/json.ts';
import { asRecord } from '../../support/untyped.ts';
import { isOpenName, type Part, type Stand } from '../part.ts';
import { blockOf } from './blocks.ts';

/** The resource whose policy it is; none of an identity's. */
interface Owner {
  readonly account: string;
  readonly partition: string;
  readonly arn: string;
}
const elsewhere = '999999999999';

const principals = ({ account, partition }: Owner): Stand => [
  '*',
  `arn:${partition}:iam::${account}:root`,
  `arn:${partition}:iam::${elsewhere}:root`,
];
/** What an open part of a principal's ARN can be: an account, or a name in it. */
const inPrincipal = ({ account }: Owner): Stand => [account, elsewhere];

const addresses: Stand = ['0.0.0.0/0', '203.0.113.7/32'];
const isOfAddress = (key: string): boolean => /sourceip$/i.test(key);
const standFor = (key: string, owner: Owner): Stand => {
  const { account } = owner;
  if (/securetransport|ispresent|viaawsservice|multifactor/i.test(key)) return ['true', 'false'];
  if (/account$/i.test(key)) return [account, elsewhere];
  if (/arn$/i.test(key)) return principals(owner);
  return ['*', 'o-0000000000'];
};

/** Nothing of it is known: it is open, or a list or a map in the place of a text. */
const isWhollyOpen = (part: Part): boolean => !part.isText || isOpenName(part.name());
const stood = (part: Part, whole: Stand, within: Stand): string | undefined =>
  part.text(isWhollyOpen(part) ? whole : within);

const listOr = (part: Part, read: (item: Part) => unknown): unknown => {
  const items = part.oneOrMoreTexts();
  const [only] = items;
  return items.length === 1 && only ? read(only) : items.map(read);
};

/** What stands in a principal as in a text of `Fn::Sub`, and is none: AWS refuses it, and what somebody meant is clear. */
const substituted = (text: string | undefined, { account, partition }: Owner): string | undefined =>
  text?.replace(/\$\{AWS::(AccountId|Partition)\}/g, (_, name) =>
    name === 'Partition' ? partition : account,
  );

/** What stands for each service, where a principal can be one. */
const anyService = 'any-service.amazonaws.com';
/** Who is named without a kind: a service too, where it is no text, or anything. */
const withoutKind = (part: Part, owner: Owner): unknown => {
  const read = (item: Part) => {
    const texts = principals(owner);
    const whole = item.isText && !item.isAny ? texts : [...texts, anyService];
    return substituted(stood(item, whole, inPrincipal(owner)), owner);
  };
  if (part.isText) {
    const only = read(part);
    return only === anyService ? { Service: only } : only;
  }
  const all = part.oneOrMoreTexts().map(read);
  return all.includes(anyService)
    ? { AWS: all.filter((one) => one !== anyService), Service: anyService }
    : all;
};

const principalOf = (part: Part, owner: Owner): unknown => {
  if (part.isText || Array.isArray(part.marked()) || part.oneOrMore().length === 0)
    return withoutKind(part, owner);
  const read = (item: Part) =>
    substituted(stood(item, principals(owner), inPrincipal(owner)), owner);
  return Object.fromEntries(
    part.names.map((kind) => [
      kind,
      // A service, a provider or a canonical user that is open is one that somebody names: none of them is everybody.
      listOr(
        part.get(kind),
        kind === 'AWS' ? read : (item) => (isWhollyOpen(item) ? read(item) : item.name()),
      ),
    ]),
  );
};

const conditionValue = (key: string, item: Part, owner: Owner): string | undefined =>
  isOfAddress(key)
    ? blockOf(item, 'IPv4', addresses)
    : stood(item, standFor(key, owner), inPrincipal(owner));

const conditionOf = (part: Part, owner: Owner): unknown =>
  Object.fromEntries(
    part.names.map((operator) => {
      const keys = part.get(operator);
      return [
        operator,
        Object.fromEntries(
          keys.names.map((key) => {
            return [key, listOr(keys.get(key), (item) => conditionValue(key, item, owner))];
          }),
        ),
      ];
    }),
  );

/** Resources are told apart by equality: an open part is a mark; one that is open as a whole can be all or nothing. */
const resourceOf = (part: Part, { arn, partition }: Owner): unknown =>
  listOr(part, (item) => {
    const name = item.name();
    const isAny = item.isAny || name?.includes('parameter');
    return !item.isText || (isOpenName(name) && isAny)
      ? item.text(['*', arn === '' ? `arn:${partition}:s3:::another` : arn])
      : name;
  });

/** IAM refuses an action without its service, and in the policy of a resource it is clear which is meant. */
const lacksService = (action: unknown): boolean =>
  typeof action === 'string' && /^\w+\*?$/.test(action);
const withService = (action: unknown, arn: string): unknown => {
  if (Array.isArray(action)) return action.map((one) => withService(one, arn));
  if (!lacksService(action)) return action;
  const [, , service = ''] = arn.split(':');
  return service === '' ? action : `${service}:${action}`;
};

const elementOf = (name: string, part: Part, owner: Owner): unknown => {
  switch (name.toLowerCase()) {
    case 'action':
    case 'notaction':
      return withService(part.json(), owner.arn);
    case 'principal':
    case 'notprincipal':
      return principalOf(part, owner);
    case 'resource':
    case 'notresource':
      return resourceOf(part, owner);
    case 'condition':
      return conditionOf(part, owner);
    // What a statement is called decides nothing.
    case 'sid':
      return part.name();
    case 'effect':
      return part.text(['Allow', 'Deny']);
    default:
      return part.json();
  }
};

type Elements = Readonly<Record<string, unknown>>;
const names = (statement: Elements, ...elements: readonly string[]): boolean =>
  Object.entries(statement).some(
    ([name, value]) => elements.includes(name.toLowerCase()) && value !== undefined,
  );
/**
 * Whether a statement does not say whether it allows its actions, or is about somebody and does not say which. AWS refuses it,
 * and whoever wrote it wants what it opens: it is read as if it allowed, and that everything, or denied nothing.
 */
const isIncomplete = (statement: Elements): boolean => {
  // As most are written.
  if (statement['Effect'] !== undefined && statement['Action'] !== undefined) return false;
  const [saysWhether, saysWhat] = [
    names(statement, 'effect'),
    names(statement, 'action', 'notaction'),
  ];
  if (saysWhat) return !saysWhether;
  return names(statement, 'principal', 'notprincipal');
};
/** Who stands in a list as in a list of accounts: AWS refuses it, and what somebody meant is clear. */
const isListed = ([name, value]: readonly [string, unknown]): boolean =>
  Array.isArray(value) && /^(?:not)?principal$/i.test(name);
const hasList = (statement: Elements): boolean => Object.entries(statement).some(isListed);
const withKinds = (statement: Elements): Elements =>
  Object.fromEntries(
    Object.entries(statement).map((one) => (isListed(one) ? [one[0], { AWS: one[1] }] : one)),
  );
const completed = (written: Elements): Elements => {
  const statement = hasList(written) ? withKinds(written) : written;
  if (!isIncomplete(statement)) return statement;
  const effect = names(statement, 'effect') ? {} : { Effect: 'Allow' };
  if (names(statement, 'action', 'notaction')) return { ...statement, ...effect };
  const allows = Object.values({ ...statement, ...effect }).includes('Allow');
  return { ...statement, ...effect, Action: allows ? '*' : [] };
};

const elementsOf = (part: Part, owner: Owner): Elements =>
  Object.fromEntries(part.names.map((name) => [name, elementOf(name, part.get(name), owner)]));
const statementOf = (part: Part, owner: Owner): Elements => completed(elementsOf(part, owner));

/** What somebody wrote as one text; `undefined` where it is no object of JSON. */
const writtenIn = (text: string): Elements | undefined => {
  try {
    const read = parseJson(text);
    return typeof read === 'object' && read !== null ? asRecord(read) : undefined;
  } catch {
    return undefined;
  }
};
const statementKey = (policy: Elements): string | undefined =>
  Object.keys(policy).find((name) => name.toLowerCase() === 'statement');
const statementsIn = (policy: Elements): readonly unknown[] =>
  [policy[statementKey(policy) ?? '']].flat();
const lacksElement = (statement: unknown): boolean => isIncomplete(asRecord(statement));
const isOfActions = (name: string): boolean => /^(?:not)?action$/i.test(name);
const namesNoService = (statement: Elements): boolean =>
  Object.entries(statement).some(
    ([name, value]) => isOfActions(name) && [value].flat().some(lacksService),
  );
const withServices = (statement: Elements, arn: string): Elements =>
  Object.fromEntries(
    Object.entries(statement).map(([name, value]) => [
      name,
      isOfActions(name) ? withService(value, arn) : value,
    ]),
  );
const isRefused = (statement: unknown): boolean => {
  const elements = asRecord(statement);
  return isIncomplete(elements) || hasList(elements) || namesNoService(elements);
};

const completedPolicy = (text: string, { arn }: Owner): string => {
  const policy = writtenIn(text) ?? {};
  const statements = statementsIn(policy);
  if (!statements.some(isRefused)) return text;
  const made = statements.map((one) =>
    isRefused(one) ? completed(withServices(asRecord(one), arn)) : one,
  );
  return JSON.stringify({ ...policy, [statementKey(policy) ?? '']: made });
};

/** One statement, of a policy that is put together of several. */
export const statementText = (whole: Part, owner: Owner): string => {
  const part = whole.opened() ?? whole;
  if (!part.isText) return JSON.stringify(statementOf(part, owner));
  const text = part.text() ?? '{}';
  const statement = writtenIn(text);
  return statement ? JSON.stringify(completed(statement)) : text;
};

/** A policy as its text: what only a deployment knows stands for all that it may be. */
export const policyText = (whole: Part, owner: Owner): string => {
  const part = whole.opened() ?? whole;
  if (part.isText) {
    // A whole policy as a text, or open.
    const text = part.text();
    if (text === undefined) throw new Unresolved('a policy without a text');
    return completedPolicy(text, owner);
  }
  // IAM reads the names of elements in any case.
  const { names } = part;
  const elements = (name: string) => {
    const written = names.filter((one) => one.toLowerCase() === name.toLowerCase());
    return (written.length > 0 ? written : [name]).map((one) => part.get(one));
  };
  const written = elements('Statement').filter(({ isSet }) => isSet);
  if (written.length === 0) throw new Unresolved('a policy without a statement');
  const statements = written.flatMap((one) => one.oneOrMore());
  return JSON.stringify({
    Version: elements('Version')[0]?.name() ?? '2008-10-17',
    Statement: statements.map((one) => statementOf(one, owner)),
  });
};

/** Whether a policy has a statement that is read as if it said more. */
export const isIncompletePolicy = (whole: Part, owner: Owner): boolean => {
  const part = whole.opened() ?? whole;
  if (part.isText) return statementsIn(writtenIn(part.text() ?? '') ?? {}).some(lacksElement);
  const key = part.names.find((name) => name.toLowerCase() === 'statement') ?? 'Statement';
  return part
    .get(key)
    .oneOrMore()
    .some((one) => isIncomplete(elementsOf(one, owner)));
};
