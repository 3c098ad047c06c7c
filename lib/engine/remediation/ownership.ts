import { matchesGlob } from '../baseline/glob.ts';
import type { EventCause } from '../changes/change.ts';

/** Who owns a resource, so that what they do to it is theirs to put right. */
export interface Ownership {
  /** Why only a plan may be made; absent where the change may be taken back. */
  readonly why?: string;
  readonly stack?: string;
  readonly logicalId?: string;
}
export interface Owned {
  readonly tags: Readonly<Record<string, string>>;
  /** Those who can have brought the drift about. */
  readonly causes: readonly EventCause[];
  /** ARNs, or globs of them, of the roles that deploy. */
  readonly deployRoles: readonly string[];
}

// Tag keys that EKS, the cloud controller and the load balancer controllers put on what they own.
const controllerTags = [
  /^aws:eks:/,
  /^eks:cluster-name$/,
  /^kubernetes\.io\/cluster\//,
  /^kubernetes\.io\/service-name$/,
  /^(elbv2|ingress|service)\.k8s\.aws\//,
  /^karpenter\.sh\//,
  /^AmazonECSManaged$/,
];
const isRequesterManaged = ([key, value]: readonly [string, string]): boolean =>
  key === 'aws:requester-managed' && value === 'true';

const controllerOf = (tags: Owned['tags']): string | undefined =>
  Object.entries(tags).find(
    ([key, value]) =>
      controllerTags.some((tag) => tag.test(key)) || isRequesterManaged([key, value]),
  )?.[0];

const deployers = [
  { name: 'CloudFormation', agent: /cloudformation\.amazonaws\.com/i },
  { name: 'OpenTofu', agent: /opentofu/i },
  { name: 'Terraform', agent: /terraform/i },
  { name: 'Pulumi', agent: /pulumi/i },
];

/** The role of a session, `arn:…:iam::<account>:role/<name>`; STS leaves its path out. */
const roleOf = (by: string): string =>
  by.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

const isDeployRole = (by: string | undefined, roles: readonly string[]): boolean =>
  by !== undefined &&
  roles.some((role) => {
    // A role's path is not in its sessions' ARNs.
    const bare = role.replace(/:role\/.*\//, ':role/');
    return [by, roleOf(by)].some((arn) => matchesGlob(role, arn) || matchesGlob(bare, arn));
  });

const deployerOf = (
  { invokedBy, userAgent, from, by }: EventCause,
  deployRoles: readonly string[],
): string | undefined => {
  const known = deployers.find(({ agent }) =>
    [invokedBy, userAgent, from].some((text) => text !== undefined && agent.test(text)),
  );
  if (known) return known.name;
  return isDeployRole(by, deployRoles) ? by : undefined;
};

/** Why what is on a host is another's to put right; who owns the instance alone says nothing of what is on it. */
export const whyOwnedHost = (tags: Owned['tags']): string | undefined => {
  const controller = controllerOf(tags);
  if (controller !== undefined) return `a controller owns the instance (tag ${controller})`;
  const group = tags['aws:autoscaling:groupName'];
  if (group === undefined) return undefined;
  return `the Auto Scaling group ${group} owns the instance: put its image right`;
};

/**
 * Whether a drift is its owner's own doing: then it is planned and never put right, or the two would fight. Where
 * somebody else changed an owned resource, putting it right restores what its owner wants.
 */
export const ownershipOf = ({ tags, causes, deployRoles }: Owned): Ownership => {
  const stack = tags['aws:cloudformation:stack-name'];
  const logicalId = tags['aws:cloudformation:logical-id'];
  const place = {
    ...(stack === undefined ? {} : { stack }),
    ...(logicalId === undefined ? {} : { logicalId }),
  };
  const controller = controllerOf(tags);
  if (controller !== undefined) {
    return { ...place, why: `a controller owns the resource (tag ${controller})` };
  }
  const deployer = causes
    .map((cause) => deployerOf(cause, deployRoles))
    .find((name) => name !== undefined);
  if (deployer !== undefined) return { ...place, why: `its owner changed it (${deployer})` };
  if (stack !== undefined && causes.every(({ ours }) => ours)) {
    return { ...place, why: 'a stack owns the resource, and who changed it is not known' };
  }
  return place;
};
