import type { IAM } from '@aws-sdk/client-iam';
import type { Policy, PolicySets } from './iam-policy.ts';
import type { Session } from './sts-identity.ts';

const parse = (document = '{}'): Policy => JSON.parse(decodeURIComponent(document));

const managedPolicy = async (iam: IAM, PolicyArn: string): Promise<Policy> => {
  const { Policy: policy } = await iam.getPolicy({ PolicyArn });
  const { PolicyVersion } = await iam.getPolicyVersion({
    PolicyArn,
    VersionId: policy?.DefaultVersionId,
  });
  return parse(PolicyVersion?.Document);
};

const identityPolicies = async (iam: IAM, RoleName: string): Promise<readonly Policy[]> => {
  const [{ PolicyNames = [] }, { AttachedPolicies = [] }] = await Promise.all([
    iam.listRolePolicies({ RoleName }),
    iam.listAttachedRolePolicies({ RoleName }),
  ]);
  const inline = PolicyNames.map(async (PolicyName) =>
    parse((await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument),
  );
  const attached = AttachedPolicies.map(({ PolicyArn = '' }) => managedPolicy(iam, PolicyArn));
  return Promise.all([...inline, ...attached]);
};

const roleSets = async (iam: IAM, roleArn: string): Promise<PolicySets> => {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const [policies, { Role }] = await Promise.all([
    identityPolicies(iam, RoleName),
    iam.getRole({ RoleName }),
  ]);
  const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    'identity-based policy': policies,
    ...(boundary && { 'permissions boundary': [await managedPolicy(iam, boundary)] }),
  };
};

const sessionPolicies = async (iam: IAM, session: Session): Promise<readonly Policy[]> => [
  ...(session.policy ? [session.policy] : []),
  ...(await Promise.all(session.policyArns.map((arn) => managedPolicy(iam, arn)))),
];

/** What was given for a role that is gone since allows nothing. */
const none: PolicySets = { 'identity-based policy': [] };
const isGone = (error: unknown): boolean =>
  error instanceof Error && error.name === 'NoSuchEntityException';

/** The policies that hold for a session, read once until `forget`. */
export const createRolePolicies = (iam: IAM) => {
  const known = new Map<string, Promise<PolicySets>>();
  const ofRole = (roleArn: string) => {
    const read = known.get(roleArn) ?? roleSets(iam, roleArn);
    known.set(roleArn, read);
    return read.catch((error: unknown) => {
      known.delete(roleArn);
      if (isGone(error)) return none;
      throw error;
    });
  };
  return {
    forget: () => known.clear(),
    of: async (session: Session): Promise<PolicySets> => {
      const sets = await ofRole(session.roleArn);
      const own = await sessionPolicies(iam, session);
      return own.length > 0 ? { ...sets, 'session policy': own } : sets;
    },
  };
};
