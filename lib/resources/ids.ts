import type { EventDetail, IdsIn } from '../model/resource-type.ts';
import { partitionOf } from '../services/partition.ts';
import { isOmitted, type RecordPart } from '../support/omitted.ts';
import { percentDecoded } from '../support/percent-decoded.ts';
import { asRecord } from '../support/untyped.ts';

/** The value at a path of an event's own fields; `undefined` where any step is missing. */
export const at = (detail: EventDetail, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    detail,
  );

// EC2's older calls write a list as `{items: […]}`, its newer ones as `{item: …}` or `{content, tag}`, a query as
// `GroupId.1` or `Names.member.1`.
const listKeys = ['items', 'item', 'member'];

/** What a value holds, out of the ways in which records write lists. */
const unlisted = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(unlisted);
  const lists = Object.entries(asRecord(value)).filter(([key]) => listKeys.includes(key));
  return lists.length > 0 ? lists.flatMap(([, inside]) => unlisted(inside)) : [value];
};

const isNamed = (key: string, name: string): boolean =>
  key.toLowerCase().replace(/(\.(member|item)s?)?\.\d+$/, '') === name.toLowerCase();

const inside = (value: unknown, name: string): readonly unknown[] =>
  Object.entries(asRecord(value)).flatMap(([key, held]) =>
    isNamed(key, name) ? unlisted(held) : [],
  );

const textOf = (value: unknown): readonly string[] => {
  const content = typeof value === 'object' ? asRecord(value)['content'] : value;
  return typeof content === 'string' && content !== '' ? [content] : [];
};

const wrappers = {
  requestParameters: /(Request|Req|Input)$/i,
  responseElements: /(Response|Resp|Result|Output)$/i,
};

/** A part and what its wrappers hold: EC2's newer calls, and REST bodies, have one element around everything. */
const rootsIn = (value: unknown, part: RecordPart, depth = 0): readonly unknown[] => [
  value,
  ...(depth < 2
    ? Object.entries(asRecord(value)).flatMap(([key, held]) =>
        wrappers[part].test(key) ? rootsIn(held, part, depth + 1) : [],
      )
    : []),
];

/**
 * The texts at a dotted path of a part, in whatever case and dialect the record is written. A name deeper than the path
 * is none: the group of a rule's source is not the group that has the rule.
 */
export const textsAt = (detail: EventDetail, part: RecordPart, path: string): readonly string[] => {
  if (isOmitted(detail, part)) return [];
  return rootsIn(detail[part], part).flatMap((root) =>
    path
      .split('.')
      .reduce<readonly unknown[]>(
        (values, name) => values.flatMap((one) => inside(one, name)),
        [root],
      )
      .flatMap(textOf),
  );
};

/** Where an event says which resources it is of. */
export interface Naming {
  /** Dotted paths in the request; each that holds a text counts, as a rename has two. */
  readonly request?: readonly string[];
  /** Dotted paths in the request of the account whose resource it is. @default - that of the event */
  readonly owner?: readonly string[];
  /** Dotted paths in the response, for what the request does not say. */
  readonly response?: readonly string[];
  /** The type in the event's `resources`, for what neither says. */
  readonly resource?: string;
  /** The id that a text is; `undefined` where it names something else. */
  readonly idOf?: (text: string, account: string) => string | undefined;
  /** What it means that nothing is named; that of another type's call is of no concern. */
  readonly otherwise?: 'all' | 'none';
}

const resourceTexts = (detail: EventDetail, type: string | undefined): readonly string[] => {
  const listed = Array.isArray(detail['resources']) ? detail['resources'] : [];
  return listed
    .map(asRecord)
    .filter((one) => type !== undefined && (one['type'] ?? type) === type)
    .flatMap(({ ARN, arn }) => textOf(ARN ?? arn));
};

/** Whether a text is the ARN of something in another account, region or partition than the event; AWS's own is nowhere else. */
const isElsewhere = (text: string, { awsRegion }: EventDetail, account: string): boolean => {
  const [prefix, partition, , region = '', owner = ''] = text.split(':');
  if (prefix !== 'arn') return false;
  if (/^\d{12}$/.test(owner) && owner !== account) return true;
  if (typeof awsRegion !== 'string') return false;
  return partition !== partitionOf(awsRegion) || (region !== '' && region !== awsRegion);
};

/** A path of a REST call holds an ARN percent-encoded. */
const plainArn = (text: string): string => (/^arn%3A/i.test(text) ? percentDecoded(text) : text);

const isOfOther = (detail: EventDetail, path: string, account: string): boolean =>
  textsAt(detail, 'requestParameters', path).some((one) => one !== account);

/**
 * The ids that an event names. What it leaves out or cuts off can be any resource of the type, whoever called; what one
 * part says in full still counts.
 */
export const named =
  ({ owner, request = [], response = [], resource, idOf, otherwise = 'all' }: Naming): IdsIn =>
  (detail, account) => {
    if (owner?.some((path) => isOfOther(detail, path, account))) return [];
    const idsOf = (texts: readonly string[]) => [
      ...new Set(texts.flatMap((text) => (idOf ? (idOf(text, account) ?? []) : text))),
    ];
    const places = [
      () => request.flatMap((path) => textsAt(detail, 'requestParameters', path)),
      () => response.flatMap((path) => textsAt(detail, 'responseElements', path)),
      () => resourceTexts(detail, resource),
    ];
    let namesElsewhere = false;
    for (const textsOf of places) {
      const all = textsOf().map(plainArn);
      const texts = all.filter((text) => !isElsewhere(text, detail, account));
      namesElsewhere ||= texts.length < all.length;
      const ids = idsOf(texts);
      if (ids.length > 0) return ids;
      // It names another account's, or what is of another kind.
      if (all.length > 0 && otherwise === 'none') return [];
    }
    const isCut =
      isOmitted(detail) || (response.length > 0 && isOmitted(detail, 'responseElements'));
    return isCut || (otherwise === 'all' && !namesElsewhere) ? 'all' : [];
  };

/** The last part of an ARN or a path: IAM's names stand there. */
export const lastName = (text: string): string =>
  text.startsWith('arn:') ? (text.split('/').at(-1) ?? text) : text;
