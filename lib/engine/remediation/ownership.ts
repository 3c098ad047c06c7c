import { matchesGlob } from '../baseline/glob.ts';
import type { EventCause } from '../changes/change.ts';
import { controllerOf, type Tagged } from './controller-tags.ts';

/** Who owns a resource, so that what they do to it is theirs to put right. */
export interface Ownership {
  /** Why only a plan may be made; absent where the change may be taken back. */
  readonly why?: string;
  readonly stack?: string;
  readonly logicalId?: string;
}
export interface Owned extends Tagged {
  /** The account of the resource. */
  readonly account: string;
  /** Those who can have brought the drift about. */
  readonly causes: readonly EventCause[];
  /** ARNs, or globs of them, of the roles that deploy. */
  readonly deployRoles: readonly string[];
}

/** The role of a session, `arn:…:iam::<account>:role/<name>`; STS leaves its path out. */
const roleOf = (by: string): string =>
  by.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

/** Whether a principal is one that deploys. Which account it is in AWS says: `*` stands for the resource's own alone. */
export const isDeployRole = (
  { by = '', issuer }: EventCause,
  roles: readonly string[],
  account: string,
): boolean =>
  roles.some((role) => {
    const [owner = ''] = role.split(':').slice(4);
    const accounts = /^\d{12}$/.test(owner) ? owner : account;
    const isThere = [by, issuer ?? by].every((arn) => arn.split(':')[4] === accounts);
    // A role's path is not in its sessions' ARNs, but in that of who gave the session.
    const bare = role.replace(/:role\/.*\//, ':role/');
    const arns = issuer === undefined || role === bare ? [by, roleOf(by)] : [by, issuer];
    const globs = issuer === undefined ? [role, bare] : [role];
    const isMatch = (arn: string) => arn === role || globs.some((glob) => matchesGlob(glob, arn));
    return isThere && arns.some(isMatch);
  });

const nameOf = ({ by, invokedBy }: EventCause): string =>
  invokedBy === undefined ? `${by}` : `${invokedBy} for ${by}`;

/**
 * The deploy role that brought a drift about, itself or through a service that AWS says it called. What a client says
 * of itself proves nothing, nor does a stack: anybody can make one. An event that names the resource outweighs those
 * that only reached it.
 */
const deployerOf = ({ causes, deployRoles, account }: Owned): string | undefined => {
  const isDeployer = (cause: EventCause) => isDeployRole(cause, deployRoles, account);
  const naming = causes.filter(({ reach }) => reach === undefined).find(isDeployer);
  const all = causes.every(isDeployer) ? causes[0] : undefined;
  const found = naming ?? all;
  return found && nameOf(found);
};

/** Why what is on a host is another's to put right; who owns the instance alone says nothing of what is on it. */
export const whyOwnedHost = (tagged: Tagged): string | undefined => {
  const controller = controllerOf(tagged);
  if (controller !== undefined) return `a controller owns the instance (tag ${controller})`;
  const group = tagged.tags['aws:autoscaling:groupName'];
  if (group === undefined) return undefined;
  return `the Auto Scaling group ${group} owns the instance: put its image right`;
};

/**
 * Whether a drift is its owner's own doing: then it is planned and never put right, or the two would fight. Where
 * somebody else changed an owned resource, putting it right restores what its owner wants.
 */
export const ownershipOf = (owned: Owned): Ownership => {
  const { tags, causes } = owned;
  const stack = tags['aws:cloudformation:stack-name'];
  const logicalId = tags['aws:cloudformation:logical-id'];
  const place = {
    ...(stack === undefined ? {} : { stack }),
    ...(logicalId === undefined ? {} : { logicalId }),
  };
  const controller = controllerOf(owned);
  if (controller !== undefined) {
    return { ...place, why: `a controller owns the resource (tag ${controller})` };
  }
  const deployer = deployerOf(owned);
  if (deployer !== undefined) return { ...place, why: `its owner changed it (${deployer})` };
  if (stack !== undefined && causes.every(({ ours }) => ours)) {
    return { ...place, why: 'a stack owns the resource, and who changed it is not known' };
  }
  return place;
};
