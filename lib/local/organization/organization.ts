import { randomUUID } from 'node:crypto';
import { Organizations } from '@aws-sdk/client-organizations';
import { listOrganization } from '../../aws/organization.ts';
import type { AccountListed } from '../../engine/baseline/organization.ts';
import { okAnswer } from '../endpoint/answer.ts';
import type { After, Before } from '../endpoint/call.ts';
import type { EventBus } from '../events/event-bus.ts';
import { turnOn } from '../local-aws-account.ts';
import { account as management, region } from '../local-aws-clients.ts';
import { type Member, memberOf } from '../local-aws-members.ts';
import {
  createStackSets,
  type Group,
  type Instance,
  isTarget,
  type StackSets,
} from './stack-sets.ts';

/** The ids that moto gives, by `organizations.py`. */
export const organizationId = 'o-localaws00';
export const rootId = 'r-loca';

export interface LocalOrganization {
  /** The accounts that came, as they come. */
  readonly members: readonly Member[];
  readonly roles: ReadonlySet<string>;
  /** The organization that an account is in. */
  readonly of: (account: string) => string | undefined;
  /** Whether nobody may enter an account: it is closed. */
  readonly isClosed: (account: string) => boolean;
  readonly before: Before;
  readonly after: (bus: EventBus) => After;
  /** As Organizations tells of an account that it made. */
  readonly tell: (bus: EventBus, account: string) => Promise<void>;
}
export interface OrganizationToBe {
  /** The ids of its accounts beside that of Plumbline, which manages it. */
  readonly accounts: readonly string[];
  readonly motoUrl: string;
  /** The CDK's output folder, with the stack of the members. */
  readonly output: string;
  readonly stackName: string;
  readonly externalId: string;
  readonly onTrouble: (sentence: string) => void;
}

const createdEvent = (account: string) => ({
  eventVersion: '1.11',
  userIdentity: { accountId: management, invokedBy: 'organizations.amazonaws.com' },
  eventTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  eventSource: 'organizations.amazonaws.com',
  eventName: 'CreateAccountResult',
  awsRegion: region,
  eventID: randomUUID(),
  readOnly: false,
  eventType: 'AwsServiceEvent',
  managementEvent: true,
  recipientAccountId: management,
  eventCategory: 'Management',
  serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId: account } },
});

interface StackSetInput {
  readonly StackSetName?: string;
  readonly Regions?: readonly string[];
  readonly DeploymentTargets?: Group['DeploymentTargets'];
}

/** What a StackSet says of its instances: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html */
const summaryOf = (id: string, { account, region: at, reason }: Instance) => ({
  StackSetId: id,
  Account: account,
  Region: at,
  Status: reason === undefined ? 'CURRENT' : 'OUTDATED',
  ...(reason === undefined ? {} : { StatusReason: reason }),
  StackInstanceStatus: { DetailedStatus: reason === undefined ? 'SUCCEEDED' : 'FAILED' },
});

const stackSetCalls =
  (
    sets: StackSets,
    {
      listed,
      members,
    }: { readonly listed: () => readonly AccountListed[]; readonly members: readonly Member[] },
  ): Before =>
  async (call) => {
    if (call.service !== 'cloudformation') return undefined;
    const { StackSetName, Regions = [], DeploymentTargets } = call.input as StackSetInput;
    if (call.operation === 'ListStackSets')
      return okAnswer(call, {
        Summaries: sets.all().map(({ name, id }) => ({
          StackSetName: name,
          StackSetId: id,
          Status: 'ACTIVE',
          PermissionModel: 'SERVICE_MANAGED',
        })),
      });
    const set = sets.all().find(({ name }) => name === StackSetName);
    if (!set) return undefined;
    if (call.operation === 'ListStackInstances')
      return okAnswer(call, { Summaries: set.instances.map((one) => summaryOf(set.id, one)) });
    if (call.operation !== 'DeleteStackInstances' || !DeploymentTargets) return undefined;
    const meant = new Set(
      listed().flatMap((one) => (isTarget({ DeploymentTargets }, one) ? one.id : [])),
    );
    await sets.takeAway(
      set.name,
      ({ account, region: at }) => meant.has(account) && Regions.includes(at),
      members,
    );
    return okAnswer(call, { OperationId: randomUUID() });
  };

/** An organization of moto, with its accounts and what StackSets deploy in them as they come and go. */
export const createOrganization = async ({
  accounts,
  motoUrl,
  output,
  stackName,
  externalId,
  onTrouble,
}: OrganizationToBe): Promise<LocalOrganization> => {
  const organizations = new Organizations({
    region,
    endpoint: motoUrl,
    credentials: { accessKeyId: 'local-aws', secretAccessKey: 'local' },
  });
  await organizations.createOrganization({ FeatureSet: 'ALL' });
  const members: Member[] = [];
  let listed: readonly AccountListed[] = [];
  const sets = createStackSets({
    output,
    stackName,
    parameters: { Hub: management, ExternalId: externalId, CallAs: 'SELF', Root: rootId },
    account: management,
    region,
    motoUrl,
  });
  const come = async (id: string) => {
    const member = await memberOf(id, motoUrl);
    await turnOn(member.clients, id);
    members.push(member);
  };
  const settle = async () => {
    ({ accounts: listed } = await listOrganization(async () => organizations));
    await sets.deployTo(listed, members);
    for (const { name, instances } of sets.all())
      for (const { account, region: at, reason } of instances)
        if (reason !== undefined) onTrouble(`StackSet ${name} in ${account} ${at}: ${reason}`);
  };
  for (const id of accounts) {
    await organizations.createAccount({ AccountName: id, Email: `${id}@example.com` });
    await come(id);
  }
  await settle();
  const tell = (bus: EventBus, account: string) =>
    bus.emit(region, {
      Source: 'aws.organizations',
      DetailType: 'AWS Service Event via CloudTrail',
      Detail: JSON.stringify(createdEvent(account)),
      Time: Date.now() / 1000,
    });
  return {
    members,
    roles: sets.roles,
    of: (account) => (listed.some(({ id }) => id === account) ? organizationId : undefined),
    isClosed: (account) => listed.some(({ id, state }) => id === account && state !== 'ACTIVE'),
    before: stackSetCalls(sets, { listed: () => listed, members }),
    after: (bus) => async (call, answer, result) => {
      if (call.service !== 'organizations' || call.readOnly || answer.status >= 300) return;
      const { CreateAccountStatus: made } = Object(result) as {
        CreateAccountStatus?: { AccountId?: string };
      };
      if (made?.AccountId !== undefined) await come(made.AccountId);
      await settle();
      if (made?.AccountId !== undefined) await tell(bus, made.AccountId);
    },
    tell,
  };
};
