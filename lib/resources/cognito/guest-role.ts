import type { Reader, Ref } from '../../model/resource-type.ts';
import { iamRole } from '../iam/iam-role.ts';
import { lastName } from '../ids.ts';

/** What whoever does not sign in gets of IAM. */
export interface GuestRole {
  readonly name: string;
  /** The documents as IAM answers with them: who can assume it, what it may do, and what its boundary leaves of that. */
  readonly trustPolicy: string;
  readonly documents: readonly string[];
  readonly boundary: string | undefined;
}

// The SDK names the exception, and AWS its code: `NoSuchEntityException`, `NoSuchEntity`.
const isGone = (error: unknown): boolean =>
  error instanceof Error && iamRole.live.gone.includes(error.name.replace(/Exception$/, ''));

/** What reading a role takes. */
export const guestRoleActions = [
  ...iamRole.facets.trustPolicy.actions,
  ...iamRole.facets.guestPrivileges.actions,
] as const;

/** A role by its ARN; `undefined` where there is none, and so nobody gets its credentials. */
export const readGuestRole = async (
  reader: Reader,
  ref: Ref,
  arn: string,
): Promise<GuestRole | undefined> => {
  const role = { ...ref, id: lastName(arn) };
  try {
    const trustPolicy = await reader.facet(iamRole, role, 'trustPolicy');
    const { documents = [], boundary } =
      (await reader.facet(iamRole, role, 'guestPrivileges')) ?? {};
    return { name: role.id, trustPolicy, documents, boundary };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};
