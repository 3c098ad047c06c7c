import type { Reader } from '../../model/resource-type.ts';
import { attachedPolicy, collect, inlinePolicy } from './iam-details.ts';

/** The managed policies of a role. Throws NoSuchEntity where there is no such role. */
export const readAttached = (reader: Reader, RoleName: string) =>
  collect(
    reader.pages('iam', 'listAttachedRolePolicies', { RoleName }),
    (page) => page.AttachedPolicies,
    attachedPolicy,
  );

/** The policies that stand in a role. Throws as the other does. */
export const readInline = async (reader: Reader, RoleName: string) => {
  const pages = reader.pages('iam', 'listRolePolicies', { RoleName });
  const names = await collect(pages, (page) => page.PolicyNames, String);
  const read = names.map((PolicyName) =>
    reader.call('iam', 'getRolePolicy', { RoleName, PolicyName }),
  );
  return (await Promise.all(read)).map(inlinePolicy);
};
