import { sdkClients } from '../aws/clients.ts';
import { cloudTrail } from './cloudtrail/cloudtrail.ts';
import { configRecorder } from './config/config-items.ts';
import type { ConfigRules } from './config/config-rules.ts';
import { awsDefaults } from './defaults/defaults.ts';
import { queuePolicyQuotas } from './deploy/queue-policy-quotas.ts';
import type { After, Before, DecodedCall } from './endpoint/call.ts';
import { type Endpoint, startEndpoint } from './endpoint/endpoint.ts';
import { late } from './endpoint/latency.ts';
import { forwardTo } from './endpoint/moto-client.ts';
import { type EventBus, eventBus } from './events/event-bus.ts';
import type { Notices } from './events/notices.ts';
import { queueSenders } from './events/queue-senders.ts';
import { auditsRoute } from './hosts/ask-for-audits.ts';
import type { Fleet } from './hosts/fleet.ts';
import { instanceStates } from './hosts/instance-states.ts';
import { localSsm } from './hosts/local-ssm.ts';
import { enforceIam } from './iam/iam-enforcement.ts';
import type { Sts } from './iam/sts.ts';
import { accountOf, sessionArn } from './iam/sts-identity.ts';
import { invokeCalls } from './lambda/invoke-calls.ts';
import type { CallCounts } from './local-aws-calls.ts';
import { account, type MotoClients, motoClients, region } from './local-aws-clients.ts';
import type { Member } from './local-aws-members.ts';
import { oneTableCallAtATime } from './local-aws-order.ts';
import { staleReads } from './local-aws-settle.ts';
import type { LocalOrganization } from './organization/organization.ts';
import {
  clickRoute,
  customActionClicks,
  type SendCustomAction,
} from './security-hub/custom-action-clicks.ts';
import type { CustomActions } from './security-hub/custom-actions.ts';
import { securityHub } from './security-hub/security-hub.ts';
import type { SecurityHubStore } from './security-hub/security-hub-store.ts';

export interface EndpointParts {
  readonly port: number;
  readonly motoUrl: string;
  readonly clients: MotoClients;
  /** As they come and go. */
  readonly members: () => readonly Member[];
  readonly organization: LocalOrganization | undefined;
  readonly sts: Sts;
  readonly store: SecurityHubStore;
  readonly actions: CustomActions;
  readonly notices: Notices;
  readonly calls: CallCounts;
  readonly settleMs: number;
  /** Whether calls take as long as on their way to AWS. */
  readonly isLate: boolean;
  readonly isOurs: (roleArn: string) => boolean;
  readonly configRules: ConfigRules;
  readonly fleet: Fleet;
  readonly auditHosts: () => Promise<void>;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly onTrouble: (sentence: string) => void;
}

export interface OpenEndpoint extends Endpoint {
  readonly sendCustomAction: SendCustomAction;
}

const recorderOn = (bus: EventBus, { motoUrl, clients }: EndpointParts, onError: Complain) =>
  configRecorder({
    account,
    region,
    bus,
    clients: sdkClients({ region, endpoint: motoUrl, credentials: clients.credentials }),
    onError,
  });

/** Systems Manager of each region of each account. */
const ssmOn = (
  busOf: (account: string, accessKeyId?: string) => EventBus,
  parts: EndpointParts,
  onError: Complain,
): Before => {
  const { fleet, motoUrl } = parts;
  const of = forEach(parts, (own, accessKeyId) => {
    const made = new Map<string, Before>();
    return (there: string): Before => {
      const where = { account: own, region: there };
      const before = made.get(there);
      if (before) return before;
      const nodes = fleet.at(own === account && there === region ? undefined : where);
      const { ssm } = motoClients(motoUrl, there, accessKeyId);
      const bus = busOf(own, accessKeyId);
      const now = localSsm({ ...where, bus, fleet: nodes, ssm, onError });
      made.set(there, now);
      return now;
    };
  });
  return (call, forward) =>
    call.service === 'ssm' ? of(call)(call.region)(call, forward) : undefined;
};

const callerIn =
  (sts: Sts) =>
  ({ accessKeyId = 'anonymous' }: DecodedCall): string => {
    const session = sts.sessionOf(accessKeyId);
    return session ? sessionArn(session) : `arn:aws:iam::${account}:user/${accessKeyId}`;
  };

type Complain = (error: unknown) => void;

/** One for each account, and whose it is that a call comes from. */
const forEach = <Made>(
  { sts, members }: Pick<EndpointParts, 'sts' | 'members'>,
  make: (account: string, accessKeyId?: string) => Made,
) => {
  const made = new Map<string, Made>();
  const atHome = make(account);
  return ({ accessKeyId }: DecodedCall): Made => {
    const session = sts.sessionOf(accessKeyId);
    const own = session && accountOf(session.roleArn);
    const member = members().find((one) => one.account === own);
    if (!member) return atHome;
    const its = made.get(member.account) ?? make(member.account, member.accessKeyId);
    made.set(member.account, its);
    return its;
  };
};

/** Each of what is made for an account, for whoever calls. */
const each = (
  parts: EndpointParts,
  make: (own: string) => readonly Before[],
): readonly Before[] => {
  const of = forEach(parts, make);
  return make(account).map(
    (_, index): Before =>
      (call, forward) =>
        of(call)[index]?.(call, forward),
  );
};

/** Security Hub of an account, of which that of Plumbline is the administrator. */
const hubOf = ({ store, actions, sts }: EndpointParts, own: string): Before =>
  securityHub({ account: own, administrator: account, store, actions, callerArn: callerIn(sts) });

const isAtHome = (parts: EndpointParts) => forEach(parts, (own) => own === account);
/** Of other accounts no rules and items of AWS Config are played. */
const atHome = (parts: EndpointParts, all: readonly Before[]): readonly Before[] => {
  const isOurs = isAtHome(parts);
  return all.map(
    (before): Before =>
      (call, forward) =>
        isOurs(call) ? before(call, forward) : undefined,
  );
};
const atHomeAfter = (parts: EndpointParts, after: After): After => {
  const isOurs = isAtHome(parts);
  return (call, answer, output, completed) =>
    isOurs(call) ? after(call, answer, output, completed) : undefined;
};

/** Tells the bus of the account what happened there. */
const toldOf = (
  parts: EndpointParts,
  busOf: (account: string, accessKeyId?: string) => EventBus,
): After => {
  const { identityOf } = parts.sts;
  const afters = forEach(parts, (own, accessKeyId): readonly After[] => {
    const bus = busOf(own, accessKeyId);
    const where = { account: own, bus };
    return [cloudTrail({ ...where, identityOf }), instanceStates(where)];
  });
  return async (call, answer, output, completed) => {
    for (const after of afters(call)) await after(call, answer, output, completed);
  };
};

/** The endpoint with all that it does in moto's place; who may not call is turned away before anything else. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it lists what is done with a call, in order.
export const openEndpoint = async (parts: EndpointParts): Promise<OpenEndpoint> => {
  const { sts } = parts;
  let isClosing = false;
  const { forward, close } = forwardTo(parts.motoUrl);
  const bus = withConfigRules(eventBus(forward), parts.configRules);
  const complain = (error: unknown) => {
    // Whoever is in the middle of a call at the end is cut off.
    if (!isClosing) parts.onTrouble(String(error));
  };
  const recorder = recorderOn(bus, parts, complain);
  const iamOf = (of: string) => parts.members().find((one) => one.account === of)?.clients.iam;
  const iam = enforceIam({
    account,
    ...parts.clients,
    iamOf,
    sts,
    organizationOf: parts.organization?.of,
    isOurs: parts.isOurs,
    onDenied: parts.onTrouble,
  });
  const sendCustomAction = customActionClicks({
    actions: parts.actions,
    store: parts.store,
    bus,
    region,
  });
  const busOf = (own: string, key?: string) => (own === account ? bus : eventBus(forward, key));
  const ssm = ssmOn(busOf, parts, complain);
  const endpoint = await startEndpoint({
    port: parts.port,
    moto: { url: parts.motoUrl },
    before: [
      ...(parts.isLate ? [late(region)] : []),
      parts.calls.before,
      iam.before,
      sts.before,
      queueSenders(sts.identityOf),
      invokeCalls(parts.invoke),
      ...(parts.organization ? atHome(parts, [parts.organization.before]) : []),
      ...each(parts, (own) => [hubOf(parts, own)]),
      ssm,
      ...atHome(parts, [parts.configRules.before, recorder.before]),
      queuePolicyQuotas,
      oneTableCallAtATime(),
      ...(parts.settleMs > 0 ? [staleReads(parts.settleMs)] : []),
      ...each(parts, awsDefaults),
    ],
    after: [
      iam.after,
      toldOf(parts, busOf),
      atHomeAfter(parts, recorder.after),
      parts.notices.after,
      ...(parts.organization ? [atHomeAfter(parts, parts.organization.after(bus))] : []),
    ],
    route: async (call) =>
      (await clickRoute(sendCustomAction)(call)) ?? auditsRoute(parts.auditHosts)(call),
    onError: complain,
  });
  // Its accounts came before anybody listened.
  for (const { account: one } of parts.organization?.members.slice(0, 1) ?? [])
    await parts.organization?.tell(bus, one);
  return {
    ...endpoint,
    sendCustomAction,
    close: async () => {
      isClosing = true;
      recorder.stop();
      await endpoint.close();
      close();
    },
  };
};

/** A bus that also gives AWS Config's items to the rules they concern. */
const withConfigRules = (bus: EventBus, rules: ConfigRules): EventBus => ({
  emit: async (at, event) => {
    await bus.emit(at, event);
    if (event.DetailType === 'Config Configuration Item Change')
      await rules.changed(JSON.parse(event.Detail));
  },
});
