import { record } from '../../support/untyped.ts';
import { passwordSettings } from '../answers/account.ts';
import { setting, type Write, type Writes } from './write.ts';

const every =
  (of: (input: Readonly<Record<string, unknown>>) => unknown): Write =>
  (input, { resource }) =>
    Object.entries(record(of(input))).flatMap(([name, value]) =>
      // What is off is off by nothing as well.
      value === false && !resource.get(name).isSet ? [] : setting(resource, [name], value),
    );

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
  ssm: { updateServiceSetting: every(({ SettingValue }) => ({ Value: SettingValue })) },
} satisfies Readonly<Record<string, Writes>>;
