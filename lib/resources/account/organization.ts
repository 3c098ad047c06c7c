import type { Reader } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { organizations } from '../../services/organizations.ts';
import { parseJson } from '../../support/json.ts';
import { asRecord } from '../../support/untyped.ts';
import { accountWide } from './wide.ts';

const noOrganization = 'AWSOrganizationsNotInUseException';
const filter = 'SERVICE_CONTROL_POLICY';

/**
 * As IAM's model has the codes, and as its reference writes them; which of the two AWS sends was not seen.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
 */
const refusals = [
  'AccountNotManagementOrDelegatedAdministrator',
  'OrganizationNotFound',
  'OrganizationNotInAllFeaturesMode',
  'ServiceAccessNotEnabled',
].flatMap((code) => [`${code}Exception`, code]);

const described = async (reader: Reader) => {
  const { Organization } = await reader.call('organizations', 'describeOrganization', {});
  return Organization;
};

/** Whether a policy takes anything away: a copy of FullAWSAccess does not. */
const takesAway = async (reader: Reader, PolicyId: string): Promise<boolean> => {
  const { Policy } = await reader.call('organizations', 'describePolicy', { PolicyId });
  const statements = [asRecord(parseJson(Policy?.Content ?? '{}'))['Statement']]
    .flat()
    .map(asRecord);
  return (
    statements.some(({ Effect }) => Effect === 'Deny') ||
    !statements.some(({ Action }) => [Action].flat().includes('*'))
  );
};

/** Whether it is on anything but the account that manages the organization, which no policy bounds. */
const isAttached = async (reader: Reader, PolicyId: string, manager: string): Promise<boolean> => {
  for await (const { Targets = [] } of reader.pages('organizations', 'listTargetsForPolicy', {
    PolicyId,
  }))
    if (Targets.some(({ TargetId }) => TargetId !== manager)) return true;
  return false;
};

/** Whether a policy of the organization's own, beside AWS's, which allows everything, bounds an account. */
const hasOwnPolicy = async (reader: Reader, manager: string): Promise<boolean> => {
  const pages = reader.pages('organizations', 'listPolicies', { Filter: filter });
  for await (const { Policies = [] } of pages)
    for (const { Id, AwsManaged } of Policies) {
      if (AwsManaged || Id === undefined) continue;
      if ((await isAttached(reader, Id, manager)) && (await takesAway(reader, Id))) return true;
    }
  return false;
};

/** Whether service control policies are on at the root, which a page may be without though there is more. */
const areOn = async (reader: Reader): Promise<boolean> => {
  for await (const { Roots = [] } of reader.pages('organizations', 'listRoots', {}))
    for (const { PolicyTypes = [] } of Roots)
      if (PolicyTypes.some(({ Type, Status }) => Type === filter && Status === 'ENABLED'))
        return true;
  return false;
};

const everything = ['organization', 'rootAccess', 'controlPolicies'] as const;

/**
 * The organization as the account sees it. Its policies are shown to the account that manages it, and to those that administer
 * a service for it: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
export const organization = accountWide({
  type: 'Plumbline::Organization::Account',
  unheard:
    'in an account that an administrator of its organization acts on: what is called in the account that manages the organization is heard there',
  announcements: [
    {
      via: 'cloudtrail',
      source: organizations.eventSource,
      calls: {
        CreateOrganization: everything,
        DeleteOrganization: everything,
        LeaveOrganization: everything,
        AcceptHandshake: everything,
        EnableAllFeatures: ['organization', 'controlPolicies'],
        EnablePolicyType: ['controlPolicies'],
        DisablePolicyType: ['controlPolicies'],
        UpdatePolicy: ['controlPolicies'],
        AttachPolicy: ['controlPolicies'],
        DetachPolicy: ['controlPolicies'],
        DeletePolicy: ['controlPolicies'],
        EnableAWSServiceAccess: ['rootAccess'],
        DisableAWSServiceAccess: ['rootAccess'],
        RegisterDelegatedAdministrator: ['rootAccess', 'controlPolicies'],
        DeregisterDelegatedAdministrator: ['rootAccess', 'controlPolicies'],
      },
      idsIn: (_, own) => [own],
    },
    {
      via: 'cloudtrail',
      source: iam.eventSource,
      calls: {
        EnableOrganizationsRootCredentialsManagement: ['rootAccess'],
        DisableOrganizationsRootCredentialsManagement: ['rootAccess'],
      },
      idsIn: (_, own) => [own],
    },
  ],
  facets: {
    /** Who manages it; nothing where the account is in none. */
    organization: {
      actions: ['organizations:DescribeOrganization'],
      absent: [noOrganization],
      read: async (reader, { account }) => {
        const { MasterAccountId } = (await described(reader)) ?? {};
        return { manager: MasterAccountId ?? '', isManager: MasterAccountId === account };
      },
    },
    /** How far root users of members are managed centrally; nothing where the account may not ask. */
    rootAccess: {
      actions: ['iam:ListOrganizationsFeatures'],
      absent: refusals,
      read: async (reader) => {
        const { EnabledFeatures = [] } = await reader.call('iam', 'listOrganizationsFeatures', {});
        return { hasCredentials: EnabledFeatures.includes('RootCredentialsManagement') };
      },
    },
    /** Whether policies can bound what accounts may do, and one does; nothing where the account may not ask. */
    controlPolicies: {
      actions: [
        ...(['organizations:DescribeOrganization', 'organizations:ListRoots'] as const),
        ...(['organizations:ListPolicies', 'organizations:ListTargetsForPolicy'] as const),
        'organizations:DescribePolicy',
      ],
      absent: [noOrganization],
      read: async (reader, { account }) => {
        const { FeatureSet, MasterAccountId } = (await described(reader)) ?? {};
        // Other accounts than these two kinds are denied, as is a role that may not ask: there it is not asked.
        if (MasterAccountId !== account) return undefined;
        if (FeatureSet !== 'ALL') return { isOn: false, hasOwn: false };
        const isOn = await areOn(reader);
        return { isOn, hasOwn: isOn && (await hasOwnPolicy(reader, account)) };
      },
    },
  },
});
