import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, flagOr, lastOf } from './answer.ts';

/** Settings of an account that Terraform declares and CloudFormation has no type for. */
export const accountKeys = {
  s3: 'Plumbline::S3::Account',
  passwords: 'Plumbline::IAM::PasswordPolicy',
  encryption: 'Plumbline::EC2::EncryptionByDefault',
  metadata: 'Plumbline::EC2::MetadataDefaults',
  serial: 'Plumbline::EC2::SerialConsole',
  images: 'Plumbline::EC2::ImageBlock',
  documents: 'Plumbline::SSM::PublicSharing',
  automation: 'Plumbline::SSM::AutomationLog',
  catalog: 'Plumbline::Glue::ResourcePolicy',
  clusters: 'Plumbline::EMR::PublicAccessBlock',
  contacts: 'Plumbline::Contacts::Security',
} as const;

/**
 * The setting of the account, or of the region where it is regional. A setting that is evaluated itself is taken as it is. Where
 * another resource depends on one of several, it is unknown which is written last.
 */
export const settingHere = (
  stack: Stack,
  type: string,
  isRegional = true,
): Resource | undefined => {
  const { account, region } = stack.template.deployment;
  const all = stack.all(type).filter(({ declared: { place = {} } }) => {
    const isSame = (place.account ?? account) === account;
    return isSame && (!isRegional || (place.region ?? region) === region);
  });
  return stack.subjectOf(type) ?? lastOf(stack, `settings of ${type}`, all);
};

/** A switch of which AWS's own setting is right; where no resource sets it nobody asks. */
const switchHere = (stack: Stack, type: string, what: string, value: boolean): boolean => {
  const set = settingHere(stack, type)?.get('Enabled');
  return set ? flagOr(stack, set, what, value) : value;
};

const blocks = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;
const publicAccessBlock: Answer = (stack) => {
  const found = settingHere(stack, accountKeys.s3, false);
  if (!found) throw awsError('NoSuchPublicAccessBlockConfiguration');
  const flags = blocks.map((name) => [name, () => found.get(name).flag() ?? false] as const);
  return { PublicAccessBlockConfiguration: lazily(Object.fromEntries(flags)) };
};

const flags = [
  'RequireSymbols',
  'RequireNumbers',
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
];
const numbers = ['MinimumPasswordLength', 'MaxPasswordAge', 'PasswordReusePrevention'];
export const passwordSettings: readonly string[] = [...flags, ...numbers];
const passwordPolicy: Answer = (stack) => {
  const found = settingHere(stack, accountKeys.passwords, false);
  if (!found) throw awsError('NoSuchEntity');
  const read = (names: readonly string[], of: (part: Part) => unknown) =>
    names.map((name) => [name, () => of(found.get(name))] as const);
  return {
    PasswordPolicy: lazily(
      Object.fromEntries([
        ...read(flags, (part) => part.flag() ?? false),
        // 0 is what the provider writes for what is not set.
        ...read(numbers, (part) => part.number(['1', '128']) || undefined),
      ]),
    ),
  };
};

/** A range of ports. A bound that is open is tried as 22 and as 23: a verdict that differs is unknown. */
const rangeOf = (range: Part) => ({
  MinRange: range.get('MinRange').number(['22', '23']),
  MaxRange: range.get('MaxRange').number(['22', '23']),
});
const clusterBlock: Answer = (stack) => {
  const found = settingHere(stack, accountKeys.clusters);
  return {
    BlockPublicAccessConfiguration: lazily({
      BlockPublicSecurityGroupRules: () => found?.get('BlockPublicSecurityGroupRules').flag(),
      PermittedPublicSecurityGroupRuleRanges: () =>
        found?.get('PermittedPublicSecurityGroupRuleRanges').items().map(rangeOf),
    }),
  };
};

export const accountAnswers = {
  account: {
    // Nothing is kept of the people.
    getAlternateContact: () => ({ AlternateContact: {} }),
  },
  emr: { getBlockPublicAccessConfiguration: clusterBlock },
  s3control: { getPublicAccessBlock: publicAccessBlock },
  iam: { getAccountPasswordPolicy: passwordPolicy },
  ec2: {
    getEbsEncryptionByDefault: (stack) => ({
      EbsEncryptionByDefault:
        settingHere(stack, accountKeys.encryption)?.get('Enabled').flag() ?? false,
    }),
    getInstanceMetadataDefaults: (stack) => ({
      AccountLevel: {
        HttpTokens: settingHere(stack, accountKeys.metadata)
          ?.get('HttpTokens')
          .text(['optional', 'required']),
      },
    }),
    getSerialConsoleAccessStatus: (stack) => ({
      SerialConsoleAccessEnabled: switchHere(
        stack,
        accountKeys.serial,
        'the serial console, which is off',
        false,
      ),
    }),
    getImageBlockPublicAccessState: (stack) => ({
      ImageBlockPublicAccessState: settingHere(stack, accountKeys.images)
        ?.get('State')
        .text(['block-new-sharing', 'unblocked']),
    }),
  },
} satisfies Readonly<Record<string, Answers>>;
