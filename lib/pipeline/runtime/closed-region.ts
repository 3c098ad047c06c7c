import { codeOf, credentialCodes, messageOf, sortError } from '../../aws/errors.ts';
import type { BatchReader, Reading } from '../../aws/reader.ts';
import { whereKey } from '../../engine/changes/change.ts';
import type { AnyResourceType, Reader, Where } from '../../model/resource-type.ts';
import { firstBy } from '../../support/groups.ts';
import { enabledOn, type Runtime } from './runtime.ts';

// A service control policy can deny a whole region, or the account has not enabled it. Then nothing there can be
// evaluated: what is known of it is kept as it is, and said once by what our own role is denied (PL.BLIND.6).

/** So many services that are unlike each other; a role that lacks a right or two is refused by fewer. */
const probed = 3;
/** For which an answer counts, in this process. */
const knownMs = 300_000;

type Answer = { readonly isClosed: boolean; readonly until: number };
const answers = new WeakMap<Runtime['posture'], Map<string, Answer>>();

const remembered = async (
  where: Where,
  { posture, clock }: Runtime,
  ask: () => Promise<boolean>,
): Promise<boolean> => {
  const known = answers.get(posture) ?? new Map<string, Answer>();
  answers.set(posture, known);
  const now = clock().getTime();
  const before = known.get(whereKey(where));
  if (before && before.until > now) return before.isClosed;
  const isClosed = await ask();
  known.set(whereKey(where), { isClosed, until: now + knownMs });
  return isClosed;
};

/** Whether a call was refused, and not for a reason that passes. */
const isRefusal = (failure: unknown): boolean =>
  credentialCodes.includes(codeOf(failure)) || sortError(failure, {}).kind === 'denied';

const serviceOf = (actions: readonly string[]): string => actions[0]?.split(':')[0] ?? '';

type ActionsOf = (type: AnyResourceType) => readonly string[];

/** The first regional types of services that are unlike each other. */
const unlike = (types: readonly AnyResourceType[], actionsOf: ActionsOf) => {
  const regional = types.filter((type) => type.scope === 'regional' && actionsOf(type).length > 0);
  return [...firstBy(regional, (type) => serviceOf(actionsOf(type))).values()].slice(0, probed);
};

/** Those of some types of which a control is evaluated; what says so is loaded for these types alone. */
const enabledAmong = async (
  types: readonly AnyResourceType[],
  runtime: Runtime,
): Promise<readonly AnyResourceType[]> => {
  const enabled: AnyResourceType[] = [];
  for (const type of types) if ((await enabledOn(type, runtime)).length > 0) enabled.push(type);
  return enabled;
};

const isListedByRegion = ({ scope, live }: AnyResourceType): boolean =>
  scope === 'regional' && live.list.actions.length > 0;

/** How a region refuses listings, of services unlike each other; `undefined` where it answers one of them. */
export const refusalOfListing = async (
  types: readonly AnyResourceType[],
  reader: Reader,
): Promise<string | undefined> => {
  const asked = unlike(types, ({ live }) => live.list.actions);
  const listed = await Promise.allSettled(
    asked.map(({ live }) => live.list.page(reader, undefined)),
  );
  const refusals = listed.flatMap((one) =>
    one.status === 'rejected' && isRefusal(one.reason) ? [messageOf(one.reason)] : [],
  );
  return refusals.length === probed ? refusals[0] : undefined;
};

/** Whether all listings in a region that is not the home region are refused, of services unlike each other. */
export const isClosedToListing = async (where: Where, runtime: Runtime): Promise<boolean> => {
  if (where.region === runtime.place.homeRegion) return false;
  return remembered(where, runtime, async () => {
    const types = await enabledAmong(runtime.types.filter(isListedByRegion), runtime);
    return (await refusalOfListing(types, runtime.reader(where))) !== undefined;
  });
};

const isRefused = (read: PromiseSettledResult<Reading>): boolean => {
  if (read.status === 'rejected') return isRefusal(read.reason);
  const { value } = read;
  return !value.gone && Object.values(value.facets).every((facet) => 'denied' in facet);
};

/** The same of what a region has once, which may be read wherever it is evaluated. */
export const isClosedToReading = async (
  where: Where,
  reader: BatchReader,
  runtime: Runtime,
): Promise<boolean> => {
  if (where.region === runtime.place.homeRegion) return false;
  return remembered(where, runtime, async () => {
    const once = await enabledAmong(runtime.types.filter(isRegionItself), runtime);
    const types = unlike(once, ({ facets }) =>
      Object.values(facets).flatMap(({ actions }) => actions),
    );
    const ref = { ...where, id: where.region };
    const read = await Promise.allSettled(
      types.map(async (type) => reader.read(type, ref, Object.keys(type.facets))),
    );
    return read.length === probed && read.every(isRefused);
  });
};

/** What a region has once stands for it: its rows say that it is closed. */
export const isRegionItself = ({ type, scope }: Pick<AnyResourceType, 'type' | 'scope'>): boolean =>
  scope === 'regional' && /^Plumbline::\w+::Region$/.test(type);
