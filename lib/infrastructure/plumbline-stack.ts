import { Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { operatorsWho, whoChange } from '../engine/baseline/operators.ts';
import { isChangedElsewhere, isGoverning } from '../engine/baseline/organization.ts';
import type { OwnBuckets } from '../engine/baseline/own-exemptions.ts';
import type { HostDocument } from '../hosts/compile.ts';
import { earsPrefix } from '../resources/account/ears-names.ts';
import { memberAccount } from '../resources/account/member.ts';
import { Alarms, type AlarmsProps } from './constructs/alarms.ts';
import { ConfigRules } from './constructs/config-rules.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { EarsBus, type EarsBusProps } from './constructs/ears-bus.ts';
import { Evaluate } from './constructs/evaluate.ts';
import { Events, eventPatternOf } from './constructs/events.ts';
import type { Handler } from './constructs/handler.ts';
import { Heartbeat } from './constructs/heartbeat.ts';
import { History } from './constructs/history.ts';
import { hostsIn, letEarsTell, letReview } from './constructs/hosts.ts';
import { changesAmong } from './constructs/hosts-documents.ts';
import { hardeningIn } from './constructs/hosts-hardening.ts';
import { Inbox } from './constructs/inbox.ts';
import { Members } from './constructs/members.ts';
import { Posture, type RowForm } from './constructs/posture.ts';
import { remediationIn } from './constructs/remediation.ts';
import { Reports } from './constructs/reports.ts';
import { toQueue } from './constructs/rule-targets.ts';
import { ServicePolicies } from './constructs/service-policies.ts';
import { Sweep, sweepSeconds } from './constructs/sweep.ts';
import { hearElsewhere } from './ears-stack.ts';
import { earPatterns, memberPatterns, otherRegions } from './events/ear-patterns.ts';
import { hostAnswers, instanceStates } from './events/host-patterns.ts';
import { organizationPatterns } from './events/organization-pattern.ts';
import { eventsHeard, patternsOf } from './events/patterns.ts';
import { carriedOut, mayChange, planned } from './events/planned.ts';
import { type Catalogue, readable, type Watched, watched } from './events/watched.ts';
import { keepElsewhere } from './hosts-stack.ts';
import { probeGrants, readGrants } from './permissions/permissions.ts';
import { type Parts, tellOutputs } from './stack-outputs.ts';

export interface PlumblineStackProps extends Omit<StackProps, 'env'> {
  readonly baseline: Baseline;
  readonly catalogue: Catalogue;
  /** The folder with the bundled handlers and the baseline. */
  readonly code: Code;
  /** What is run on hosts; none is, where the baseline has no hosts. @default [] */
  readonly documents?: readonly HostDocument[];
  /** Names of the documents that put right what is planned on hosts. @default - hosts are only evaluated */
  readonly hardening?: readonly string[];
  /** Those of them that may come to be sent. @default - all */
  readonly sent?: readonly string[];
  /**
   * How rows are written, and whether settles of one moment come as one message. Both forms are read; `deflated` may be
   * deployed once no release is left, in flight or to roll back to, that reads `json` alone. @default 'json'
   */
  readonly rowForm?: RowForm;
  /** @default - that of the credentials it is deployed with */
  readonly account?: string;
}

type Buckets = Readonly<Partial<Record<keyof OwnBuckets, Bucket | undefined>>>;
/** Says to those who evaluate which buckets are the stack's own: what they fail by design is exempted by exact ARN. */
const sayBuckets = (buckets: Buckets, handlers: readonly (Handler | undefined)[]): void => {
  const said = Object.entries(buckets).flatMap(([kind, bucket]) =>
    bucket ? [`${kind}=${bucket.bucketArn}`] : [],
  );
  for (const handler of handlers) {
    if (said.length > 0) handler?.function.addEnvironment('OWN_BUCKETS', said.join(' '));
  }
};

/** Has the accounts of the organization listed when some came or went: told here, or on the bus by the account that manages it. */
const listAccounts = (stack: Stack, baseline: Baseline, pages: Inbox): EarsBusProps['others'] =>
  organizationPatterns(baseline).map((pattern) => {
    const target = toQueue(pages.queue, {
      message: RuleTargetInput.fromObject({ version: 1, sweep: 'roster' }),
      undelivered: pages.deadLetters,
    });
    new Rule(stack, pattern.name, {
      description: `${pattern.name}: what tells that accounts came or went`,
      eventPattern: eventPatternOf(pattern.pattern),
      targets: [target],
    });
    return { pattern, target };
  });

/** What other accounts, and other regions, are heard and entered by. */
const placeOf = (stack: Stack, { regions, accounts = [], organization }: Baseline) => ({
  partition: stack.partition,
  region: stack.region,
  account: stack.account,
  regions,
  members: accounts,
  organization: organization?.id,
});
type StackPlace = ReturnType<typeof placeOf>;

const membersIn = (
  stack: Stack,
  { accounts = [], hosts, remediatedAccounts: remediated = [], organization }: Baseline,
  heard: readonly Watched[],
  place: StackPlace,
) =>
  new Members(stack, 'Members', {
    accounts,
    remediated,
    organization: organization && {
      id: organization.id,
      isRemediated: isChangedElsewhere({ organization }),
    },
    hasHosts: hosts !== undefined,
    isEnteredByReading: heard.some(
      ({ type, facets }) => type === memberAccount && facets.has('entry'),
    ),
    place,
  });

/** What everything else works with: what changed comes in here, what is known is kept. */
const groundIn = (
  stack: Stack,
  { baseline, catalogue, code, rowForm }: PlumblineStackProps,
  heard: readonly Watched[],
) => {
  const place = placeOf(stack, baseline);
  const changes = new Inbox(stack, 'Changes');
  const sweeps = new Inbox(stack, 'Sweeps');
  const pages = new Inbox(stack, 'Pages', { timeoutSeconds: sweepSeconds(place) });
  const posture = new Posture(stack, 'Posture', rowForm);
  const alarms = new Alarms(stack, 'Alarms', place);
  const { undelivered } = new Events(stack, 'Events', { patterns: patternsOf(heard), changes });
  const others = listAccounts(stack, baseline, pages);
  const isInstanceHeard = eventsHeard(heard).some(
    ({ source, detailTypes }) =>
      instanceStates.pattern.source.includes(source) &&
      detailTypes.some((one) => instanceStates.pattern['detail-type'].includes(one)),
  );
  const bus =
    (otherRegions(baseline).length > 0 || isGoverning(baseline)) &&
    new EarsBus(stack, 'Ears', {
      unevaluated: [hostAnswers.name, ...(isInstanceHeard ? [] : [instanceStates.name])],
      // What ears of a region hear is heard in the home region of an account as well.
      patterns: (isGoverning(baseline) ? memberPatterns : earPatterns)(catalogue, baseline),
      members: place.members,
      organization: place.organization,
      others,
      changes,
      undelivered,
      place,
      earsPrefix: earsPrefix(stack.stackName),
    });
  const shared = {
    code,
    watched: heard,
    reading: new ServicePolicies(stack, 'Reading', {
      description: 'What Plumbline reads',
      grants: [...readGrants(readable(catalogue, baseline), place), ...probeGrants(place)],
      regions: place.regions,
      reason: 'Whichever resource changes is read; every action is a read.',
    }),
    posture,
    inboxes: { changes, sweeps, pages },
    place,
    notices: alarms.topic,
    members: isGoverning(baseline) ? membersIn(stack, baseline, heard, place) : undefined,
  };
  return { shared, alarms, undelivered, bus: bus || undefined };
};
type Ground = ReturnType<typeof groundIn>;

const remediatingIn = (
  stack: Stack,
  { baseline, catalogue, hardening = [] }: PlumblineStackProps,
  { shared, undelivered }: Ground,
) => {
  const plans = planned(catalogue.controls, baseline);
  if (!mayChange(plans, hardening)) return undefined;
  return remediationIn(stack, {
    ...shared,
    carriedOut: carriedOut(plans, baseline),
    undelivered,
    customActions: baseline.securityHub && (baseline.securityHub.actions ? 'change' : 'show'),
    operators: whoChange(baseline),
    protectedRoles: baseline.remediation.protectedRoles,
    regions: otherRegions(baseline).length > 0 ? baseline.regions : [],
  });
};

/** The handlers, in the order in which one needs another. */
const partsIn = (stack: Stack, props: PlumblineStackProps, ground: Ground): Parts => {
  const { baseline, code, documents = [] } = props;
  const { shared, alarms, undelivered, bus } = ground;
  const { watched: heard, posture, place } = shared;
  const remediation = remediatingIn(stack, props, ground);
  const acting = remediation?.acting;
  const evaluating = { ...shared, acting };
  const evaluate = new Evaluate(stack, 'Evaluate', evaluating);
  const sweep = new Sweep(stack, 'Sweep', evaluating);
  const heartbeat = Heartbeat.hasBeat(heard)
    ? new Heartbeat(stack, 'Heartbeat', { code, watched: heard, posture, undelivered, place })
    : undefined;
  const configRule = baseline.configRules
    ? new ConfigRules(stack, 'ConfigRules', evaluating).handler
    : undefined;
  const history =
    baseline.history &&
    new History(stack, 'History', { code, posture, undelivered, ...baseline.history });
  const reports =
    baseline.reports &&
    new Reports(stack, 'Reports', {
      schedules: baseline.reports,
      code,
      stackName: stack.stackName,
      posture,
      notices: alarms.topic,
      acting,
      history: history?.bucket,
      undelivered,
    });
  const operators = operatorsWho(['audit'], baseline);
  const hosts =
    baseline.hosts &&
    hostsIn(stack, { ...shared, ...baseline.hosts, documents, operators, undelivered });
  if (bus && hosts) letEarsTell(bus, hosts, undelivered);
  const { inboxes } = shared;
  return {
    ...{ alarms, configRule, evaluate, heartbeat, history, hosts, inboxes, posture },
    ...{ remediation, reports, sweep, undelivered },
  };
};

/** Lets hosts be reviewed, their queues be redriven and, where it is planned, hosts be put right. */
const connectHosts = (
  stack: Stack,
  { documents = [], hardening = [], sent = hardening }: PlumblineStackProps,
  { evaluate, sweep, hosts, remediation, posture, undelivered }: Parts,
  place: StackPlace,
): void => {
  if (!hosts) return;
  letReview(evaluate, hosts);
  sweep.redriveInto([hosts.inboxes.audits, hosts.inboxes.hostResults]);
  if (!remediation || hardening.length === 0) return;
  hardeningIn(stack, {
    remediation,
    hosts,
    posture,
    documents: changesAmong(documents, hardening),
    toSend: sent.length > 0 ? changesAmong(documents, sent) : [],
    undelivered,
    place,
  });
};

/** What alarms are on: each function and queue that there is. */
const watchedBy = (parts: Parts): AlarmsProps => {
  const { evaluate, sweep, configRule, heartbeat, history, hosts, remediation, reports } = parts;
  const { changes, sweeps, pages } = parts.inboxes;
  const remediate = remediation?.remediate;
  const inboxes = {
    // A change that settles may be sent to wait for 15 minutes.
    changes: { inbox: changes, mostSeconds: 1200 },
    // A sweep of a large account may take its time.
    sweeps: { inbox: sweeps, mostSeconds: 14_400 },
    pages: { inbox: pages, mostSeconds: 3600 },
    ...(remediation && {
      remediations: { inbox: remediation.acting.remediations, mostSeconds: 1800 },
    }),
    ...(hosts && {
      audits: { inbox: hosts.inboxes.audits, mostSeconds: 7200 },
      hostResults: { inbox: hosts.inboxes.hostResults, mostSeconds: 3600 },
    }),
  };
  const deadLetters = Object.fromEntries(
    Object.entries(inboxes).map(([name, { inbox }]) => [name, inbox.deadLetters]),
  );
  return {
    handlers: {
      evaluate,
      sweep,
      ...(configRule && { configRule }),
      ...(remediate && { remediate }),
      ...hosts?.handlers,
      ...(history && { history }),
      ...(reports && { reports }),
    },
    heartbeat,
    remediates: remediation !== undefined,
    inboxes,
    deadLetters: { ...deadLetters, undelivered: parts.undelivered },
  };
};

/** Everything that Plumbline is where it stands. */
export class PlumblineStack extends Stack {
  constructor(scope: Construct, id: string, props: PlumblineStackProps) {
    const { baseline, catalogue, account } = props;
    const env = { region: baseline.homeRegion, ...(account === undefined ? {} : { account }) };
    super(scope, id, { ...props, env });
    const ground = groundIn(this, props, watched(catalogue, baseline));
    const parts = partsIn(this, props, ground);
    connectHosts(this, props, parts, ground.shared.place);

    const { evaluate, sweep, configRule, heartbeat, history, remediation, reports } = parts;
    const remediate = remediation?.remediate;
    const buckets: Buckets = {
      heartbeat: heartbeat?.bucket,
      images: remediation?.acting.images,
      history: history?.bucket,
      reports: reports?.bucket,
    };
    sayBuckets(buckets, [evaluate, remediate, configRule, history, reports]);
    parts.alarms.watch(watchedBy(parts));
    hearElsewhere(this, baseline, { account, patterns: earPatterns(catalogue, baseline) });
    keepElsewhere(this, baseline, { account, documents: props.documents ?? [] });
    if (baseline.dashboard) {
      const { changes, sweeps, pages } = parts.inboxes;
      const remediations = remediation?.acting.remediations;
      new Dashboard(this, 'Dashboard', {
        inboxes: [changes, sweeps, pages, ...(remediations ? [remediations] : [])],
        handlers: [evaluate, sweep, ...(remediate ? [remediate] : [])],
      });
    }
    tellOutputs(this, baseline, parts);
  }
}
