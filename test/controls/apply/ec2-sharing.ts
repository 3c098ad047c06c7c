import type { Effects } from './effects.ts';

type Snapshot = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>>;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

/** What is added is there once; what is taken away and was not there is no error. */
const changed = (before: unknown, operation: unknown, ...given: readonly unknown[]) => {
  const named = given.flatMap(texts);
  const kept = texts(before).filter((one) => !named.includes(one));
  return (operation === 'add' ? [...kept, ...named] : kept).toSorted();
};

const share =
  (groups: string) =>
  (snapshot: Snapshot, input: Input): Snapshot => {
    const before = Object(snapshot['sharing']);
    const how = input['OperationType'];
    return {
      ...snapshot,
      sharing: {
        groups: changed(before.groups, how, input[groups]),
        accounts: changed(before.accounts, how, input['UserIds']),
        organizations: changed(
          before.organizations,
          how,
          input['OrganizationArns'],
          input['OrganizationalUnitArns'],
        ),
      },
    };
  };

/** A setting of the account in the region, as it is after a call. */
const set =
  (facet: string, name: string, value: (input: Input) => unknown) =>
  (snapshot: Snapshot, input: Input): Snapshot => ({
    ...snapshot,
    [facet]: { ...Object(snapshot[facet]), [name]: value(input) },
  });

export const ec2Sharing: Effects = {
  modifySnapshotAttribute: share('GroupNames'),
  modifyImageAttribute: share('UserGroups'),
  enableEbsEncryptionByDefault: set('ebsEncryption', 'byDefault', () => true),
  disableEbsEncryptionByDefault: set('ebsEncryption', 'byDefault', () => false),
  enableSnapshotBlockPublicAccess: set('snapshotBlock', 'state', ({ State }) => State),
  disableSnapshotBlockPublicAccess: set('snapshotBlock', 'state', () => 'unblocked'),
  enableImageBlockPublicAccess: set('imageBlock', 'state', () => 'block-new-sharing'),
  disableImageBlockPublicAccess: set('imageBlock', 'state', () => 'unblocked'),
  modifyInstanceMetadataDefaults: set('metadataDefaults', 'httpTokens', ({ HttpTokens }) =>
    HttpTokens === 'no-preference' ? undefined : HttpTokens,
  ),
  enableSerialConsoleAccess: set('serialConsole', 'isEnabled', () => true),
  disableSerialConsoleAccess: set('serialConsole', 'isEnabled', () => false),
};
