import {
  knownTo,
  type Trusted,
  trustedParameters,
} from '../../analysis/policies/trusted-accounts.ts';
import { type Call, call, defineControl, fail, pass, type Snapshot } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { image } from '../../resources/ec2/image.ts';
import { snapshot } from '../../resources/ec2/snapshot.ts';

type Sharing = Snapshot<typeof snapshot | typeof image, 'sharing'>['sharing'];

/** Whom the baseline does not know; the group `all` is the business of the controls of what is public. */
const outsidersIn = ({ accounts, organizations }: Sharing, trusted: Trusted, ref: Ref) => {
  const known = knownTo(ref, trusted);
  const isTrusted = (organization: string) =>
    trusted.trustedOrganizations.some((id) => organization.split('/').includes(id));
  return {
    accounts: accounts.filter((one) => !known.has(one)),
    organizations: organizations.filter((one) => !isTrusted(one)),
  };
};
type Outsiders = ReturnType<typeof outsidersIn>;

const isSnapshot = (id: string): boolean => id.startsWith('snap-');

const share = (
  id: string,
  OperationType: 'add' | 'remove',
  { accounts, organizations }: Outsiders,
): Call => {
  const UserIds = [...accounts];
  if (isSnapshot(id))
    return call('ec2', 'modifySnapshotAttribute', {
      SnapshotId: id,
      Attribute: 'createVolumePermission',
      OperationType,
      UserIds,
    });
  const units = organizations.filter((one) => one.includes(':ou/'));
  const whole = organizations.filter((one) => !one.includes(':ou/'));
  return call('ec2', 'modifyImageAttribute', {
    ImageId: id,
    Attribute: 'launchPermission',
    OperationType,
    ...(UserIds.length > 0 ? { UserIds } : {}),
    ...(whole.length > 0 ? { OrganizationArns: whole } : {}),
    ...(units.length > 0 ? { OrganizationalUnitArns: units } : {}),
  });
};

export const diskIsSharedWithKnownAccounts = defineControl([snapshot, image], {
  id: 'PL.EC2.7',
  title: 'EBS snapshots and machine images should be shared only with known accounts',
  severity: 'HIGH',
  rationale:
    'To share a snapshot or an image with an account of their own is how intruders take a disk out of an account.',
  standards: {},
  needs: ['sharing'],
  parameters: trustedParameters,
  evaluate({ sharing }, { ref, parameters }) {
    const { accounts, organizations } = outsidersIn(sharing, parameters, ref);
    const outsiders = [...accounts, ...organizations];
    if (outsiders.length === 0) return pass;
    const expected =
      'accounts that trustedAccounts, or organizations that trustedOrganizations, names';
    return fail('it is shared with accounts that the baseline does not trust', [
      ...(accounts.length > 0 ? [{ path: 'sharing.accounts', actual: accounts, expected }] : []),
      ...(organizations.length > 0
        ? [{ path: 'sharing.organizations', actual: organizations, expected }]
        : []),
    ]);
  },
  remediation: {
    advice:
      'Take the account out of the permissions, or, where it is known, name it in trustedAccounts, which may say governed for all that Plumbline governs, or its organization in trustedOrganizations. What was copied stays copied: look in CloudTrail for who shared it.',
    url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    grants: [
      {
        actions: ['ec2:ModifySnapshotAttribute'],
        on: ({ arn, ref }) => (isSnapshot(ref.id) ? [arn] : []),
      },
      {
        actions: ['ec2:ModifyImageAttribute'],
        on: ({ arn, ref }) => (isSnapshot(ref.id) ? [] : [arn]),
      },
    ],
    plan({ sharing }, { ref, parameters }) {
      const outsiders = outsidersIn(sharing, parameters, ref);
      return {
        kind: 'calls',
        // An account that nobody told us of may work with it.
        risk: 'disruptive',
        summary: 'no longer shares it with accounts that the baseline does not trust',
        calls: [share(ref.id, 'remove', outsiders)],
        undo: { calls: [share(ref.id, 'add', outsiders)], widensAccess: true },
      };
    },
  },
});
