import type { EventBridge, Rule, Target } from '@aws-sdk/client-eventbridge';
import type { SQS } from '@aws-sdk/client-sqs';
import { type Clients, sdkClients } from '../../../aws/clients.ts';
import { orAbsent, sorting } from '../../../aws/errors.ts';
import { earFault, type Hub, hubOf } from '../../../controls/plumbline/shared/ears.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { earPatterns, otherRegions } from '../../../infrastructure/events/ear-patterns.ts';
import type { NamedPattern } from '../../../infrastructure/events/pattern.ts';
import type { Control } from '../../../model/control.ts';
import { earsStackName } from '../../../resources/account/ears-names.ts';
import { earsBusName, forwardRoleName } from '../../../resources/account/own-prefix.ts';
import { resourceTypes } from '../../../resources/every.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';
import { plural } from '../../../support/plural.ts';
import { decode } from '../../../support/wire.ts';
import { callerOf } from '../../account.ts';
import { earsStanding } from '../../ears-standing.ts';
import { endpointUrl } from '../../environment.ts';
import type { Found, HostCheck } from './host-check.ts';

const again = 'npx cdk deploy --all';

/** The rules of the ears' stack, found by the name that CloudFormation gives them. */
const rulesOf = async (NamePrefix: string, events: EventBridge): Promise<readonly Rule[]> => {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.listRules({ NamePrefix, NextToken });
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules;
};

/** Why a rule brings nothing, and what helps. */
export const faultsOf = (
  { Name = '', State }: Pick<Rule, 'Name' | 'State'>,
  aims: readonly Pick<Target, 'Arn' | 'RoleArn'>[],
  hub: Hub,
): readonly string[] => {
  const fault = earFault({ state: State, aims }, hub);
  if (fault === undefined) return [];
  const first = State === 'DISABLED' ? 'find out who did it, then ' : '';
  return [`the rule ${Name} ${fault}: ${first}${again}`];
};

/** Whether the rules are there, enabled, and listen to what this version listens to. */
const lookAtRules = async (
  prefix: string,
  { wanted, hub }: { readonly wanted: readonly NamedPattern[]; readonly hub: Hub },
  events: EventBridge,
): Promise<Found> => {
  const rules = await rulesOf(prefix, events);
  const told = { rules: rules.length };
  if (rules.length === 0) return { faults: [`nothing listens there: ${again}`], said: '', told };
  const heard = new Set(rules.map(({ EventPattern }) => canonicalJson(decode(EventPattern ?? ''))));
  const missing = wanted.filter(({ pattern }) => !heard.has(canonicalJson(pattern)));
  const lag = `the ears lag: ${missing.length} of ${plural(wanted.length, 'pattern')} of this version and baseline ${missing.length === 1 ? 'is' : 'are'} not listened to (${missing.map(({ name }) => name).join(', ')}): ${again}`;
  const faults = await Promise.all(
    rules.map(async (rule) => {
      const { Targets = [] } = await events.listTargetsByRule({ Rule: rule.Name });
      return faultsOf(rule, Targets, hub);
    }),
  );
  return {
    faults: [...(missing.length > 0 ? [lag] : []), ...faults.flat()],
    said: `${plural(rules.length, 'rule listens', 'rules listen')} to what this version and baseline want heard`,
    told,
  };
};

/** Whether the queue of what could not be brought is there, and holds nothing. */
const lookAtUndelivered = async (QueueNamePrefix: string, sqs: SQS): Promise<Found> => {
  const { QueueUrls: [QueueUrl] = [] } = await sqs.listQueues({ QueueNamePrefix });
  if (QueueUrl === undefined)
    return {
      faults: [`the queue of what is not brought is not there: ${again}`],
      said: '',
      told: {},
    };
  const { Attributes: { ApproximateNumberOfMessages = '0' } = {} } = await sqs.getQueueAttributes({
    QueueUrl,
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  const undelivered = Number(ApproximateNumberOfMessages);
  const waiting = `${plural(undelivered, 'event')} could not be brought and ${undelivered === 1 ? 'lies' : 'lie'} in ${QueueUrl}: the next sweep evaluates what changed`;
  return { faults: undelivered > 0 ? [waiting] : [], said: '', told: { undelivered } };
};

/** Whether that is there which ears bring events to, and by. */
const lookAtHub = async ({ homeRegion }: Hub, clients: Clients): Promise<Found> => {
  const [events, roles] = [await clients('eventbridge'), await clients('iam')];
  const bus = await orAbsent(['ResourceNotFoundException'], () =>
    events.describeEventBus({ Name: earsBusName }),
  );
  const role = await orAbsent(['NoSuchEntity'], () => roles.getRole({ RoleName: forwardRoleName }));
  const faults = [
    ...(bus ? [] : [`the bus ${earsBusName} is not there in ${homeRegion}: ${again}`]),
    ...(role ? [] : [`the role ${forwardRoleName} is not there: ${again}`]),
  ];
  return { faults, said: '', told: {} };
};

/** What several looks found; one that is refused hides no fault that another found. */
const together = (
  asked: readonly Awaited<ReturnType<typeof sorting<Found>>>[],
): Pick<HostCheck, 'status' | 'sentences' | 'told'> => {
  const found = asked.flatMap((one) => (one.kind === 'value' ? [one.value] : []));
  const refused = asked.flatMap((one) => {
    if (one.kind === 'value') return [];
    return ['message' in one ? one.message : one.kind];
  });
  const faults = found.flatMap((one) => one.faults);
  const told = Object.assign({}, ...found.map((one) => one.told));
  if (faults.length > 0) return { status: 'FAIL', sentences: [...faults, ...refused], told };
  if (refused.length > 0) return { status: 'UNKNOWN', sentences: refused, told };
  return {
    status: 'PASS',
    sentences: found.flatMap(({ said }) => (said === '' ? [] : [said])),
    told,
  };
};

/** Says of each other governed region whether its events come to the home region. */
export const checkEars = async (
  stack: string,
  baseline: Baseline,
  controls: readonly Control[],
): Promise<readonly HostCheck[]> => {
  const { homeRegion } = baseline;
  const elsewhere = otherRegions(baseline);
  if (elsewhere.length === 0) return [];
  const wanted = earPatterns({ types: resourceTypes, controls }, baseline);
  const endpoint = endpointUrl();
  const clientsIn = (region: string): Clients =>
    sdkClients({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  const { account } = await callerOf(homeRegion);
  const hub = hubOf({ account, region: homeRegion });
  const atHub = sorting({}, () => lookAtHub(hub, clientsIn(homeRegion)));
  return Promise.all(
    elsewhere.map(async (region) => {
      const clients = clientsIn(region);
      const prefix = `${earsStackName(stack, region)}-`;
      const asked = await Promise.all([
        sorting({}, async () => lookAtRules(prefix, { wanted, hub }, await clients('eventbridge'))),
        sorting({}, async () => lookAtUndelivered(prefix, await clients('sqs'))),
        atHub,
      ]);
      const title = 'What changes there should be heard';
      return { check: 'ears', title, region, ...together(asked) };
    }),
  );
};

/** Says which regions still bring what they hear, though the baseline names them no more: no deployment removes these. */
export const checkDroppedEars = async (
  stack: string,
  baseline: Baseline,
): Promise<readonly HostCheck[]> => {
  const { standing, unasked } = await earsStanding(stack, baseline);
  const title = 'Ears of a region that is not governed should be removed';
  const dropped = standing
    .filter(({ isGoverned }) => !isGoverned)
    .map(
      ({ region, name, command }): HostCheck => ({
        check: 'ears',
        title,
        region,
        status: 'FAIL',
        sentences: [
          `the baseline does not name ${region}, and the stack ${name} still forwards what happens there, which is dropped: name the region again, or run ${command}`,
        ],
        told: { stack: name },
      }),
    );
  if (unasked.length === 0) return dropped;
  const { homeRegion: region } = baseline;
  return [
    ...dropped,
    { check: 'ears', title, region, status: 'NOT_APPLICABLE', sentences: unasked, told: {} },
  ];
};
