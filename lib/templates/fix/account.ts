import { asRecord, list } from '../../support/untyped.ts';
import { passwordSettings } from '../answers/account.ts';
import { dataSources, featureOf } from '../answers/guardduty.ts';
import type { Edit } from '../edit/tree-edits.ts';
import type { Resource } from '../stack.ts';
import { inProperties, setting, type Write, type Writes } from './write.ts';

const every =
  (of: (input: Readonly<Record<string, unknown>>) => unknown): Write =>
  (input, { resource }) =>
    Object.entries(asRecord(of(input))).flatMap(([name, value]) =>
      // What is off is off by nothing as well.
      value === false && !resource.get(name).isSet ? [] : setting(resource, [name], value),
    );

/** A feature of GuardDuty, where it is said already, or else beside those that are. */
const featureEdits = (resource: Resource, wanted: unknown): readonly Edit[] => {
  const { Name, Status } = asRecord(wanted);
  const name = String(Name);
  const said = featureOf(resource, name);
  if (said) return setting(resource, [...said.path, 'Status'], Status);
  const source = ['DataSources', ...(dataSources[name] ?? [name])];
  return resource.get(...source).isSet
    ? setting(resource, source, Status === 'ENABLED')
    : [{ path: inProperties(resource.declared, ['Features']), append: { Name, Status } }];
};

/** Settings of an account and of a region, which Terraform alone declares. */
export const accountWrites = {
  s3control: {
    putPublicAccessBlock: every((input) => input['PublicAccessBlockConfiguration']),
  },
  iam: {
    // What else the call sets no control is about: it stays as it is written.
    updateAccountPasswordPolicy: every((input) =>
      Object.fromEntries(Object.entries(input).filter(([name]) => passwordSettings.includes(name))),
    ),
  },
  ec2: {
    enableEbsEncryptionByDefault: every(() => ({ Enabled: true })),
    disableSerialConsoleAccess: every(() => ({ Enabled: false })),
    enableImageBlockPublicAccess: every((input) => ({
      State: input['ImageBlockPublicAccessState'],
    })),
    modifyInstanceMetadataDefaults: every(({ HttpTokens }) => ({ HttpTokens })),
  },
  emr: {
    putBlockPublicAccessConfiguration: every((input) => input['BlockPublicAccessConfiguration']),
  },
  guardduty: {
    updateDetector: ({ Enable, Features }, { resource }) => [
      ...(Enable === undefined ? [] : setting(resource, ['Enable'], Enable)),
      ...list(Features).flatMap((one) => featureEdits(resource, one)),
    ],
  },
  ssm: { updateServiceSetting: every(({ SettingValue }) => ({ Value: SettingValue })) },
} satisfies Readonly<Record<string, Writes>>;
