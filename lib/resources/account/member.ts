import { defineResourceType, type Reader } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { homeRegionOf } from '../../services/regions.ts';
import { sqs } from '../../services/sqs.ts';
import { sts } from '../../services/sts.ts';
import { earsStackName, memberStackName } from './ears-names.ts';
import { memberType } from './own-names.ts';
import {
  earsBusName,
  evaluateRoleName,
  publishRoleName,
  readRoleName,
  stackPrefix,
} from './own-prefix.ts';
import { noStack, outputOf, stackName } from './own-stack.ts';
import { readRules, rulesOnBus } from './own-transport.ts';
import { isNotEnabled } from './probes.ts';

/**
 * What our stack puts out of the accounts that it governs beside its own: their ids, what their roles ask for, and where
 * something may be put right.
 */
export const memberOutputs = {
  accounts: 'Accounts',
  externalId: 'ExternalId',
  organization: 'GovernedOrganization',
  remediated: 'RemediatedAccounts',
  regions: 'GovernedRegions',
} as const;

export const membersOf = async (reader: Reader): Promise<readonly string[]> =>
  reader.members?.map(({ id }) => id) ??
  (await outputOf(reader, memberOutputs.accounts))?.split(' ') ??
  [];

/** Why an account ended that was governed; `undefined` where it did not, or no organization says so. */
const readEnd = async ({ members = [] }: Reader, account: string) =>
  members.find(({ id }) => id === account)?.ended;

/** Why a role may not be assumed; `undefined` where it may. What comes of it is thrown away. */
const refusalOf = async (
  reader: Reader,
  account: string,
  { role, externalId }: { readonly role: string; readonly externalId: string },
): Promise<string | undefined> => {
  try {
    await reader.call('sts', 'assumeRole', {
      RoleArn: iam.arn('role', { account, region: reader.region }, role),
      RoleSessionName: 'plumbline-entry',
      ExternalId: externalId,
      DurationSeconds: 900,
    });
    return undefined;
  } catch (error) {
    // STS says the same of a role that is gone, trusts otherwise, or is in an account that is closed.
    if (error instanceof Error && error.name === 'AccessDenied') return error.message;
    throw error;
  }
};

/** Whether it is Plumbline that asks: the roles let in nobody else, which says nothing of Plumbline. */
const isAskedByUs = async (reader: Reader): Promise<boolean> => {
  const { Arn = '' } = await reader.call('sts', 'getCallerIdentity', {});
  return Arn.includes(`:assumed-role/${evaluateRoleName}/`);
};

/**
 * Which of our roles in a member account may be assumed; `undefined` where the stack does not name the account, or
 * somebody else asks.
 */
const readEntry = async (reader: Reader, account: string) => {
  const [members, externalId, isUs] = await Promise.all([
    membersOf(reader),
    outputOf(reader, memberOutputs.externalId),
    isAskedByUs(reader),
  ]);
  if (externalId === undefined || !isUs || !members.includes(account)) return undefined;
  // Nobody is asked to let us into an account that is closed, or has left.
  if (await readEnd(reader, account)) return [];
  return Promise.all(
    [readRoleName, publishRoleName].map(async (role) => ({
      role,
      refusal: await refusalOf(reader, account, { role, externalId }),
    })),
  );
};

/** What the hub wants heard in a region: by the rules on its bus at home, by its own ears elsewhere. */
const wantedIn = async (reader: Reader, region: string) => {
  const wanted: { name: string; pattern: string }[] = [];
  const rules =
    region === homeRegionOf(region)
      ? rulesOnBus(reader.elsewhere(region), stackPrefix, earsBusName)
      : rulesOnBus(reader.elsewhere(region), `${earsStackName(stackName, region)}-`);
  for await (const { Name = '', EventPattern } of rules)
    if (EventPattern !== undefined) wanted.push({ name: Name, pattern: EventPattern });
  return wanted;
};

/**
 * A StackSet calls its stacks `StackSet-<its name>-<uuid>`:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html has one of an organization.
 */
const earsPrefixes = ['', 'StackSet-'].map((before) => `${before}${memberStackName(stackName)}-`);

const rulesThere = async (reader: Reader) =>
  (await Promise.all(earsPrefixes.map((prefix) => readRules(reader, prefix)))).flat();

/** Queues that keep what targets of these rules could not be brought; the names of those that are there, by the ARNs said. */
const queuesOf = async (there: Reader, rules: Awaited<ReturnType<typeof rulesThere>>) => {
  const said = new Set(
    rules.flatMap(({ aims }) =>
      aims.flatMap(({ DeadLetterConfig }) => DeadLetterConfig?.Arn ?? []),
    ),
  );
  const kept: string[] = [];
  for (const arn of said) {
    const name = arn.split(':').at(-1) ?? '';
    // A queue of that name in another region or account is not listed there.
    if (arn !== sqs.arn('queue', there, name)) continue;
    const asked = { QueueNamePrefix: name, MaxResults: 1000 };
    for await (const { QueueUrls = [] } of there.pages('sqs', 'listQueues', asked))
      if (QueueUrls.some((url) => url.endsWith(`/${name}`))) kept.push(arn);
  }
  return kept;
};

/** The ears of an account in one region. What may not be looked at is said: nobody knows then whether it hears. */
const earsIn = async (reader: Reader, there: Reader) => {
  const { region } = there;
  try {
    const [wanted, rules] = await Promise.all([wantedIn(reader, region), rulesThere(there)]);
    return { region, wanted, rules, queues: await queuesOf(there, rules) };
  } catch (error) {
    // There is nothing to hear.
    if (isNotEnabled(error)) return undefined;
    const { name, message } = Object(error);
    if (!/^AccessDenied|^NotEnteredError$/.test(name)) throw error;
    return { region, refusal: `${name}: ${message}` };
  }
};

/** The ears of a member account, by region; `undefined` where the stack does not name it, or somebody else asks. */
const readEars = async (reader: Reader, account: string) => {
  const { within } = reader;
  const members = await membersOf(reader);
  if (!within || !members.includes(account) || (await readEnd(reader, account))) return undefined;
  const regions = (await outputOf(reader, memberOutputs.regions))?.split(' ') ?? [
    homeRegionOf(reader.region),
  ];
  const found = await Promise.all(
    regions.map((region) => earsIn(reader, within({ account, region }))),
  );
  return found.filter((one) => one !== undefined);
};

const root = (account: string, region: string) => sts.arn('root-user', { account, region });

/** An account that is governed beside that of Plumbline, as Plumbline sees it; its id is the account's number. */
export const memberAccount = defineResourceType({
  type: memberType,
  scope: 'home',
  securityHubType: 'AwsAccount',
  arn: ({ id, region }) => root(id, region),
  live: {
    gone: [],
    settlesAfterSeconds: 30,
    // What shuts us out happens in the other account; here it shows once we are refused.
    announcements: [],
    list: {
      actions: ['cloudformation:DescribeStacks'],
      page: async (reader) => ({
        resources: (await membersOf(reader)).map((id) => ({ id })),
      }),
    },
  },
  about: {
    actions: [],
    read: async (_, { id, region }) => ({ arn: root(id, region), tags: {} }),
  },
  facets: {
    end: { actions: [], read: (reader, { id }) => readEnd(reader, id) },
    entry: {
      actions: ['cloudformation:DescribeStacks', 'sts:AssumeRole', 'sts:GetCallerIdentity'],
      absent: noStack,
      read: (reader, { id }) => readEntry(reader, id),
    },
    ears: {
      actions: [
        'cloudformation:DescribeStacks',
        'events:ListRules',
        'events:ListTargetsByRule',
        'sqs:ListQueues',
      ],
      absent: noStack,
      read: (reader, { id }) => readEars(reader, id),
    },
  },
});
