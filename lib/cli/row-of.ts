import { keyOf } from '../engine/changes/change.ts';
import { isRemediated, type Place, placesIn } from '../engine/changes/place.ts';
import { subjectOf } from '../engine/findings/finding-id.ts';
import type { ResourceRow } from '../engine/posture/row.ts';
import type { Control } from '../model/control.ts';
import type { AnyResourceType, Where } from '../model/resource-type.ts';
import { hostInstance } from '../pipeline/hosts/host-instance.ts';
import { resourceTypes } from '../resources/every.ts';
import { UserError } from '../support/user-error.ts';
import type { Deployed } from './deployed.ts';

export const isArn = (text: string): boolean => text.startsWith('arn:');

/** The region that an ARN names. */
const regionOfArn = (text: string): string | undefined =>
  isArn(text) ? text.split(':')[3] || undefined : undefined;

/** The ids that a text can mean: itself, or, of an ARN, what can stand at its end. */
export const idsIn = (text: string): readonly string[] => {
  if (!isArn(text)) return [text];
  const resource = text.split(':').slice(5).join(':');
  return [text, resource, resource.replace(/^[^:/]*[:/]/, ''), resource.split('/').at(-1) ?? ''];
};

const placeOf = ({ stack, baseline }: Pick<Deployed, 'stack' | 'baseline'>): Place => ({
  account: stack.account,
  homeRegion: stack.region,
  regions: baseline.regions,
  members: baseline.accounts ?? [],
  remediated: baseline.remediatedAccounts ?? [],
});

/** Where a resource that is named may be: in the stack's own account, or in that which its ARN says. */
const accountsOf = (text: string, { account, members = [] }: Place): readonly string[] => {
  const [, , , , said = ''] = isArn(text) ? text.split(':') : [];
  return members.includes(said) ? [said] : [account];
};

const keysOfType = (type: AnyResourceType, text: string, place: Place): string[] =>
  accountsOf(text, place)
    .flatMap((account) => placesIn(type, account, place))
    .flatMap((where) =>
      idsIn(text).flatMap((id) => {
        const ref = { ...where, id: type.ignoresCase ? id.toLowerCase() : id };
        const isMeant = !isArn(text) || ref.id === text || type.arn?.(ref) === text;
        return isMeant ? [keyOf({ type: type.type, ref })] : [];
      }),
    );

/** Every row that an id or ARN names, in one read; a row that never failed may be found by its id alone. */
const rowsNamed = async (resource: string, deployed: Deployed): Promise<readonly ResourceRow[]> => {
  const { posture } = deployed;
  const keys = [...resourceTypes, hostInstance].flatMap((type) =>
    keysOfType(type, resource, placeOf(deployed)),
  );
  const known = isArn(resource) ? await posture.keysOf(subjectOf(resource)) : [];
  const rows = await posture.read([...new Set([...keys, ...known])]);
  return [...rows.values()];
};

const typesOf = (rows: readonly { readonly type: string }[]): string =>
  rows.map(({ type }) => type).join(', ');

const placeText = ({ account, region }: Where, { stack }: Deployed): string =>
  account === stack.account ? region : `${region} of account ${account}`;

/** Refuses what is of an account where nothing may be changed. */
export const checkRemediated = ({ ref }: Pick<ResourceRow, 'ref'>, plumbline: Deployed): void => {
  if (isRemediated(ref, placeOf(plumbline))) return;
  throw new UserError(
    `${ref.id} is in account ${ref.account}, where Plumbline only reads: put it right there, exempt it, or let the baseline say accounts: [{ id: '${ref.account}', remediate: true }], and deploy`,
  );
};

/** What is said of something that is kept and is no row. */
export const unreadableText = ({ type, ref }: Pick<ResourceRow, 'type' | 'ref'>): string =>
  `what the posture table keeps of ${type} ${ref.id} is no row; the next sweep reads it anew, within a day`;

/** The row of a resource that a control evaluates. */
export const rowOf = async (
  resource: string,
  control: Control,
  deployed: Deployed,
): Promise<ResourceRow> => {
  const named = await rowsNamed(resource, deployed);
  const evaluated = named.filter(({ type }) =>
    control.resources.some((each) => each.type === type),
  );
  const here = evaluated.filter(({ goneAt }) => goneAt === undefined);
  const [row] = here;
  if (here.length > 1) {
    const each = here
      .map(({ type, ref }) => `${type} ${ref.id} in ${placeText(ref, deployed)}`)
      .join(', ');
    // The settings of every region have one ARN, the account's.
    const told = isArn(resource) ? 'id' : 'ARN';
    throw new UserError(`${resource} can be any of ${each}: give its ${told}`);
  }
  if (row?.isUnreadable) throw new UserError(`${unreadableText(row)}: try again then`);
  if (row) return row;
  const [gone] = evaluated;
  if (gone) throw new UserError(`${resource} is gone: it was not there any more at ${gone.goneAt}`);
  if (named.length > 0) {
    throw new UserError(`${control.id} does not evaluate ${resource}, which is ${typesOf(named)}`);
  }
  const types = typesOf(control.resources);
  const { account } = deployed.stack;
  const { regions } = deployed.baseline;
  const away = regionOfArn(resource);
  if (away !== undefined && !regions.includes(away))
    throw new UserError(
      `${resource} is in ${away}, which Plumbline does not govern; the baseline says which regions it does: ${regions.join(', ')}`,
    );
  throw new UserError(
    `Plumbline has not evaluated any ${types} ${resource} in account ${account}, region ${regions.join(', ')}: check the name, or wait for the next sweep`,
  );
};
