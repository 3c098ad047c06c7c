import type { SQS } from '@aws-sdk/client-sqs';
import { allControls } from '../controls/index.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { baselineAt, withSaid } from '../infrastructure/baseline-file.ts';
import { membersStackName } from '../resources/account/ears-names.ts';
import { plural } from '../support/plural.ts';
import { createConfigRules } from './config/config-rules.ts';
import { type Deployment, deploy } from './deploy/deploy.ts';
import { deployEars } from './deploy/ears.ts';
import { deployMembers } from './deploy/members.ts';
import { startAlarms } from './deploy/stack-alarms.ts';
import { resourcesOf } from './deploy/stack-values.ts';
import { Notices } from './events/notices.ts';
import { startSchedules } from './events/schedules.ts';
import { askForAudits } from './hosts/ask-for-audits.ts';
import { Fleet } from './hosts/fleet.ts';
import { createSts } from './iam/sts.ts';
import { type Runner, startRunner } from './lambda/runner.ts';
import type { Credentials } from './lambda/runner-pool.ts';
import { makeOperators, turnOn } from './local-aws-account.ts';
import { CallCounts } from './local-aws-calls.ts';
import { account, endpointSts, region } from './local-aws-clients.ts';
import { openEndpoint } from './local-aws-endpoint.ts';
import { asAsked, type HandlerOptions } from './local-aws-handlers.ts';
import { troubleIn } from './local-aws-logs.ts';
import { letPeopleIn, memberOf } from './local-aws-members.ts';
import { both, type Endings, startCloud, started, synthesise } from './local-aws-parts.ts';
import { checkPort } from './local-aws-port.ts';
import { untilListed } from './organization/listed.ts';
import { createOrganization, organizationId } from './organization/organization.ts';
import type { SendCustomAction } from './security-hub/custom-action-clicks.ts';
import { CustomActions } from './security-hub/custom-actions.ts';
import { type Imported, SecurityHubStore } from './security-hub/security-hub-store.ts';

export interface LocalAwsOptions extends HandlerOptions {
  /** 0 for any free one. @default 4566 */
  readonly port?: number;
  /** A plumbline.yaml. @default - the one of the working directory, else every control */
  readonly baseline?: string;
  /** The CDK's output folder of a stack that stands already, and is updated. @default - the stack is new */
  readonly updates?: string;
  /** Regions to govern beside the home region, whatever the baseline says. @default - those that it says */
  readonly regions?: readonly string[];
  /** Ids of other accounts to govern, whatever the baseline says. @default - those that it says */
  readonly accounts?: readonly string[];
  /** Ids of the accounts of an organization that is governed, which Plumbline's own manages. @default - there is none */
  readonly members?: readonly string[];
  /** ARNs of operators beside those that the baseline names. @default [] */
  readonly operators?: readonly string[];
  /** How long a write stays unseen, as on AWS. @default 0 */
  readonly settleMs?: number;
  /** Whether calls take as long as on their way to AWS: `endpoint/latency.ts` says how long. @default false */
  readonly latency?: boolean;
  /** How many times faster than deployed the schedules fire; 0 for never. @default 1 */
  readonly scheduleSpeed?: number;
  /** Told of each step of the start that is done. */
  readonly onStep?: (sentence: string) => void;
  /** Told of each type of the template that has something else in its place. */
  readonly onLeftOut?: (sentence: string) => void;
  /** Told of each rule that was broken, call that was denied and invocation that failed. */
  readonly onTrouble?: (sentence: string) => void;
  /** Told of each line that a handler logs. */
  readonly onLog?: (functionName: string, line: string) => void;
}
export interface LocalAws {
  readonly url: string;
  readonly account: string;
  readonly region: string;
  readonly baseline: Baseline;
  /** Ids of the other accounts that there were at the start. */
  readonly accounts: readonly string[];
  readonly securityHub: SecurityHubStore;
  /** Calls that came through the endpoint, by access key. */
  readonly calls: CallCounts;
  readonly deployment: Deployment;
  /** What was updated, as it stood before. */
  readonly before?: Deployment;
  readonly runner: Runner;
  /** The hosts that Systems Manager knows; `launchHost` adds one. */
  readonly fleet: Fleet;
  /** Credentials of a function's role, as Lambda gets them. */
  assume(functionName: string, sessionName: string): Promise<Credentials>;
  /** Has all hosts audited at once. */
  auditHosts(): Promise<void>;
  /** Tells of each finding that is imported or updated; returns what ends that. */
  onFinding(listener: (change: Imported) => void): () => void;
  /** What was published to SNS topics. */
  readonly notices: Notices;
  /** Chooses a custom action for findings, as somebody does in Security Hub's console. */
  readonly sendCustomAction: SendCustomAction;
  /** Ends everything that was started. */
  stop(): Promise<void>;
}

const stackName = 'Plumbline';

/** Starts moto, deploys the real stack to it, puts the endpoint in front and runs the deployed handlers. */
export const startLocalAws = (options: LocalAwsOptions = {}): Promise<LocalAws> =>
  started((endings) => start(options, endings));

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it wires the parts of the local AWS, step by step.
const start = async (options: LocalAwsOptions, endings: Endings): Promise<LocalAws> => {
  const { port = 4566, settleMs = 0, onStep, onTrouble = () => {} } = options;
  const all = await allControls();
  const written = await baselineAt(options.baseline, all);
  const organization = options.members ? { organization: organizationId } : {};
  const baseline = withSaid(written, { ...options, ...organization }, all);
  await checkPort(port);
  const [{ motoUrl, clients }, output] = await both(
    startCloud(onStep, endings),
    synthesise({ ...options, ...organization }, baseline, onStep, endings),
  );
  await makeOperators(baseline.operators, clients.iam);
  const { onLeftOut = () => {}, updates } = options;
  const target = { stackName, account, region, clients };
  const before =
    updates === undefined
      ? undefined
      : await deploy({ ...target, output: updates, onLeftOut: () => {} });
  const deployment = asAsked(await deploy({ ...target, output, onLeftOut }), options);
  onStep?.(deployed(deployment));
  await deployEars({ baseline, output, stackName, account, motoUrl, onStep });
  const lone = await Promise.all((baseline.accounts ?? []).map((id) => memberOf(id, motoUrl)));
  for (const member of lone) {
    await turnOn(member.clients, member.account);
    await letPeopleIn(member, account);
  }
  const roles = await deployMembers({
    members: lone,
    baseline,
    output,
    hub: deployment,
    motoUrl,
    onStep,
  });
  const governed = options.members
    ? await createOrganization({
        accounts: options.members,
        motoUrl,
        output,
        stackName: membersStackName,
        externalId: deployment.stack.stackId ?? '',
        onTrouble,
      })
    : undefined;
  if (governed)
    onStep?.(
      `an organization, whose StackSets are deployed in ${(options.members ?? []).join(', ')}`,
    );
  const members = () => [...lone, ...(governed?.members ?? [])];

  const { store, onFinding } = createHub(onTrouble);
  const calls = new CallCounts();
  const fleet = new Fleet();
  const notices = new Notices();
  // Nobody enters an account that is closed.
  const iamOf = (of: string) =>
    governed?.isClosed(of) ? undefined : members().find((one) => one.account === of)?.clients.iam;
  const organizationOf = governed?.of;
  const sts = createSts({ account, iam: clients.iam, iamOf, sts: clients.sts, organizationOf });
  const endpoint = await openEndpoint({
    port,
    motoUrl,
    clients,
    members,
    organization: governed,
    sts,
    store,
    actions: customActionsOf(deployment),
    notices,
    calls,
    fleet,
    settleMs,
    isLate: options.latency === true,
    configRules: createConfigRules({
      stack: deployment.stack,
      invoke: (functionArn, event) => runner.invoke(functionArn, event),
    }),
    isOurs: (roleArn) =>
      deployment.roles.has(roleArn) ||
      roles.includes(roleArn) ||
      governed?.roles.has(roleArn) === true,
    auditHosts: () => auditHosts(),
    invoke: (functionName, event) => runner.invoke(functionName, event),
    onTrouble,
  });
  endings.add(() => endpoint.close());
  const runner = startRunner({
    region,
    endpointUrl: endpoint.url,
    sts: endpointSts(endpoint.url, sts.serviceKey('lambda.amazonaws.com')),
    sqs: clients.sqs,
    functions: deployment.functions,
    mappings: deployment.mappings,
    onError: onTrouble,
    onLine: logger(options),
  });
  endings.add(() => runner.stop());
  if (governed) await untilListed(clients.dynamodb, deployment);
  const { assume } = runner;
  const { functions } = deployment;
  const auditHosts = () => askForAudits({ url: endpoint.url, region, functions, assume });
  endings.add(startAlarms({ stack: deployment.stack, sqs: clients.sqs, onAlarm: onTrouble }));
  endings.add(startClock(options, deployment, runner, clients.sqs));
  return {
    url: endpoint.url,
    account,
    region,
    baseline,
    accounts: [...(baseline.accounts ?? []), ...(options.members ?? [])],
    securityHub: store,
    calls,
    deployment,
    ...(before && { before }),
    runner,
    fleet,
    assume,
    auditHosts,
    onFinding,
    notices,
    sendCustomAction: endpoint.sendCustomAction,
    stop: () => endings.run(),
  };
};

const createHub = (onTrouble: (sentence: string) => void) => {
  const listeners = new Set<(change: Imported) => void>();
  const store = new SecurityHubStore({
    onChange: (change) => {
      for (const listener of listeners) listener(change);
    },
    onRefusal: (sentence) => onTrouble(`Security Hub: ${sentence}`),
  });
  store.enable();
  const onFinding: LocalAws['onFinding'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { store, onFinding };
};

/** What moto leaves out of the stack. */
const customActionsOf = ({ stack }: Deployment) => {
  const actions = new CustomActions(region, account);
  for (const { properties } of resourcesOf('AWS::SecurityHub::ActionTarget', stack)) {
    const { Id, Name, Description } = properties;
    actions.add({ id: String(Id), name: String(Name), description: String(Description) });
  }
  return actions;
};

const logger =
  ({ onLog, onTrouble }: LocalAwsOptions) =>
  (title: string, line: string) => {
    onLog?.(title, line);
    const trouble = troubleIn(line);
    if (trouble) onTrouble?.(`${title}: ${trouble}`);
  };

const startClock = (
  { scheduleSpeed = 1, onTrouble = () => {} }: LocalAwsOptions,
  { schedules }: Deployment,
  { invoke }: Runner,
  sqs: SQS,
) =>
  startSchedules({
    schedules: scheduleSpeed === 0 ? [] : schedules,
    speed: scheduleSpeed,
    sqs,
    invoke,
    account,
    region,
    onError: onTrouble,
  });

const deployed = ({ functions, mappings, stack }: Deployment) =>
  `stack ${stackName} deployed: ${plural(Object.keys(stack.template.Resources).length, 'resource')}, ${plural(functions.length, 'function')}, ${plural(mappings.length, 'event-source mapping')}`;
