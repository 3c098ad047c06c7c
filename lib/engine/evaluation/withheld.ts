import type { Withheld } from '../../model/withheld.ts';

/**
 * How AWS says that the policy of the resource did it: by a Deny, or, where nobody has access whom that policy does not
 * let in, as with KMS keys, by taking an Allow away. What identity policies, boundaries, service and resource control
 * policies, sessions and endpoints refuse is named by their kind, and no doing of whoever holds the resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const byResource =
  / is not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: "?(?<resource>[^\s",]+)"?)?,? (?:with an explicit deny in a resource-based policy|because no resource-based policy allows the [\w-]+:\w+ action)(?![\w-])/;

/** What a refusal says that the resource's own policy keeps back; `undefined` where it does not say so. */
export const withheldIn = (facet: string, refusal: string): Withheld | undefined => {
  const { action, resource } = byResource.exec(refusal)?.groups ?? {};
  if (action === undefined) return undefined;
  return { facet, action, ...(resource === undefined ? {} : { resource }) };
};
