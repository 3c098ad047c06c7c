import { Unresolved } from '../../model/unresolved.ts';
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

const isWhollyOpen = (part: Part): boolean => isOpenName(part.name());
const stood = (part: Part, whole: Stand, within: Stand): string | undefined =>
  part.text(isWhollyOpen(part) ? whole : within);

const listOr = (part: Part, read: (item: Part) => unknown): unknown => {
  const items = part.texts();
  const [only] = items;
  return items.length === 1 && only ? read(only) : items.map(read);
};

const principalOf = (part: Part, owner: Owner): unknown => {
  const read = (item: Part) => stood(item, principals(owner), inPrincipal(owner));
  if (isText(part) || part.items().length !== 1) return listOr(part, read);
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
const isText = (part: Part): boolean => part.name() !== undefined;

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
    return isOpenName(name) && (item.isAny || name?.includes('parameter'))
      ? item.text(['*', arn === '' ? `arn:${partition}:s3:::another` : arn])
      : name;
  });

const elementOf = (name: string, part: Part, owner: Owner): unknown => {
  switch (name.toLowerCase()) {
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

const hasOneOf = (part: Part, ...elements: readonly string[]): boolean =>
  part.names.some((name) => elements.includes(name.toLowerCase()) && part.get(name).isSet);
/**
 * Whether a statement is about somebody and does not say which actions. AWS refuses it, and whoever wrote it wants what it
 * opens: it is read as if it allowed everything, or denied nothing.
 */
export const isWithoutAction = (part: Part): boolean =>
  hasOneOf(part, 'principal', 'notprincipal') && !hasOneOf(part, 'action', 'notaction');

const statementOf = (part: Part, owner: Owner): unknown => {
  const elements = part.names.map(
    (name) => [name, elementOf(name, part.get(name), owner)] as const,
  );
  if (!isWithoutAction(part)) return Object.fromEntries(elements);
  const allows = elements.some(([, value]) => value === 'Allow');
  return Object.fromEntries([...elements, ['Action', allows ? '*' : []]]);
};

/** One statement, of a policy that is put together of several. */
export const statementText = (part: Part, owner: Owner): string =>
  part.name() === undefined ? JSON.stringify(statementOf(part, owner)) : (part.text() ?? '{}');

/** A policy as its text: what only a deployment knows stands for all that it may be. */
export const policyText = (part: Part, owner: Owner): string => {
  const written = part.name();
  if (written !== undefined) {
    // A whole policy as a text, or open.
    const text = part.text();
    if (text === undefined) throw new Unresolved('a policy without a text');
    return text;
  }
  // IAM reads the names of elements in any case.
  const elements = (name: string) => {
    const written = part.names.filter((one) => one.toLowerCase() === name.toLowerCase());
    return (written.length > 0 ? written : [name]).map((one) => part.get(one));
  };
  const statements = elements('Statement').flatMap((one) => one.items());
  return JSON.stringify({
    Version: elements('Version')[0]?.name() ?? '2008-10-17',
    Statement: statements.map((one) => statementOf(one, owner)),
  });
};
