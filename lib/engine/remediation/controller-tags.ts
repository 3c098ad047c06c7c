/** The controller tags of a resource, and when each was first read. */
export type ControllerTags = Readonly<Record<string, string>>;

/** What owns a resource, by its tags. */
export interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
  readonly controllerTags?: ControllerTags | undefined;
  /** When the drift was first read: a tag that anybody can set counts if it was there before. Absent for backlog. */
  readonly driftedAt?: string | undefined;
}
// Tag keys that EKS, the cloud controller and the load balancer controllers put on what they own.
const marks = [
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

/** The tags by which controllers mark what they own. */
export const controllerTagsIn = (tags: Tagged['tags']): readonly string[] =>
  Object.entries(tags).flatMap((tag) =>
    marks.some((known) => known.test(tag[0])) || isRequesterManaged(tag) ? [tag[0]] : [],
  );

/**
 * The tag of the controller that owns a resource. AWS alone sets a tag that begins with `aws:` (AWS General Reference,
 * tagging); any other one may have come with the drift, to have it left alone.
 */
export const controllerOf = ({ tags, controllerTags: seen = {}, driftedAt }: Tagged) =>
  controllerTagsIn(tags).find(
    (key) =>
      key.startsWith('aws:') || driftedAt === undefined || (seen[key] ?? driftedAt) < driftedAt,
  );
