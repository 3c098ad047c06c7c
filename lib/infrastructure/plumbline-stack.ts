import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { operatorsWho, whoChange } from '../engine/baseline/operators.ts';
import type { OwnBuckets } from '../engine/baseline/own-exemptions.ts';
import type { HostDocument } from '../hosts/compile.ts';
import { earsPrefix } from '../resources/account/ears-names.ts';
import { memberAccount, memberOutputs } from '../resources/account/member.ts';
import { Alarms } from './constructs/alarms.ts';
import { ConfigRules } from './constructs/config-rules.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { EarsBus, type EarsBusProps } from './constructs/ears-bus.ts';
import { Evaluate } from './constructs/evaluate.ts';
import { Events, eventPatternOf } from './constructs/events.ts';
import type { Handler } from './constructs/handler.ts';
import { Heartbeat } from './constructs/heartbeat.ts';
import { History } from './constructs/history.ts';
import { hostsIn, letReview } from './constructs/hosts.ts';
import { changesAmong } from './constructs/hosts-documents.ts';
import { hardeningIn } from './constructs/hosts-hardening.ts';
import { Inbox } from './constructs/inbox.ts';
import { Members } from './constructs/members.ts';
import { Posture, type RowForm } from './constructs/posture.ts';
import { remediationIn } from './constructs/remediation.ts';
import { Reports } from './constructs/reports.ts';
import { toQueue } from './constructs/rule-targets.ts';
import { ServicePolicies } from './constructs/service-policies.ts';
import { Sweep } from './constructs/sweep.ts';
import { hearElsewhere } from './ears-stack.ts';
import { earPatterns, memberPatterns, otherRegions } from './events/ear-patterns.ts';
import { organizationPatterns } from './events/organization-pattern.ts';
import { patternsOf } from './events/patterns.ts';
import { carriedOut, mayChange, planned } from './events/planned.ts';
import { type Catalogue, readable, watched } from './events/watched.ts';
import { probeGrants, readGrants } from './permissions/permissions.ts';

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

/** Everything that Plumbline is where it stands. */
export class PlumblineStack extends Stack {
  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: it wires the constructs of the stack.
  constructor(
    scope: Construct,
    id: string,
    {
      baseline,
      catalogue,
      code,
      documents = [],
      hardening = [],
      sent = hardening,
      rowForm,
      account,
      ...props
    }: PlumblineStackProps,
  ) {
    const env = { region: baseline.homeRegion, ...(account === undefined ? {} : { account }) };
    super(scope, id, { ...props, env });
    const elsewhere = otherRegions(baseline);
    const { regions, accounts = [], remediatedAccounts: remediated = [], organization } = baseline;
    const place = {
      partition: this.partition,
      region: this.region,
      account: this.account,
      regions,
      members: accounts,
      organization: organization?.id,
    };
    const heard = watched(catalogue, baseline);
    const plans = planned(catalogue.controls, baseline);

    const changes = new Inbox(this, 'Changes');
    const sweeps = new Inbox(this, 'Sweeps');
    const pages = new Inbox(this, 'Pages');
    const posture = new Posture(this, 'Posture', rowForm);
    const alarms = new Alarms(this, 'Alarms', place);
    const { undelivered } = new Events(this, 'Events', { patterns: patternsOf(heard), changes });
    const patterns = earPatterns(catalogue, baseline);
    const isGoverning = accounts.length > 0 || organization !== undefined;
    const onChange = this.listAccounts(baseline, pages);
    if (elsewhere.length > 0 || isGoverning)
      new EarsBus(this, 'Ears', {
        // What ears of a region hear is heard in the home region of an account as well.
        patterns: isGoverning ? memberPatterns(catalogue, baseline) : patterns,
        members: accounts,
        organization: organization?.id,
        others: onChange,
        changes,
        undelivered,
        place,
        earsPrefix: earsPrefix(this.stackName),
      });

    const shared = {
      code,
      watched: heard,
      reading: new ServicePolicies(this, 'Reading', {
        description: 'What Plumbline reads',
        grants: [...readGrants(readable(catalogue, baseline), place), ...probeGrants(place)],
        reason: 'Whichever resource changes is read; every action is a read.',
      }),
      posture,
      inboxes: { changes, sweeps, pages },
      place,
      notices: alarms.topic,
      members: isGoverning
        ? new Members(this, 'Members', {
            accounts,
            remediated,
            organization: organization && {
              id: organization.id,
              isRemediated: organization.overrides.some(({ remediate }) => remediate),
            },
            isEnteredByReading: heard.some(
              ({ type, facets }) => type === memberAccount && facets.has('entry'),
            ),
            place,
          })
        : undefined,
    };
    const remediation = !mayChange(plans, hardening)
      ? undefined
      : remediationIn(this, {
          ...shared,
          carriedOut: carriedOut(plans, baseline),
          undelivered,
          customActions: baseline.securityHub && (baseline.securityHub.actions ? 'change' : 'show'),
          operators: whoChange(baseline),
          protectedRoles: baseline.remediation.protectedRoles,
          regions: elsewhere.length > 0 ? baseline.regions : [],
        });
    const evaluating = { ...shared, acting: remediation?.acting };
    const evaluate = new Evaluate(this, 'Evaluate', evaluating);
    const sweep = new Sweep(this, 'Sweep', evaluating);
    const heartbeat = Heartbeat.hasBeat(heard)
      ? new Heartbeat(this, 'Heartbeat', { code, watched: heard, posture, undelivered, place })
      : undefined;
    const configRule = baseline.configRules
      ? new ConfigRules(this, 'ConfigRules', evaluating).handler
      : undefined;

    const history =
      baseline.history &&
      new History(this, 'History', { code, posture, undelivered, ...baseline.history });
    const reports =
      baseline.reports &&
      new Reports(this, 'Reports', {
        schedules: baseline.reports,
        code,
        stackName: this.stackName,
        posture,
        notices: alarms.topic,
        acting: remediation?.acting,
        history: history?.bucket,
        undelivered,
      });
    const hosts =
      baseline.hosts &&
      hostsIn(this, {
        ...shared,
        ...baseline.hosts,
        documents,
        operators: operatorsWho(['audit'], baseline),
        undelivered,
      });

    if (hosts) {
      letReview(evaluate, hosts);
      sweep.redriveInto([hosts.inboxes.audits, hosts.inboxes.hostResults]);
    }
    if (hosts && remediation && hardening.length > 0) {
      const changes = changesAmong(documents, hardening);
      const toSend = sent.length > 0 ? changesAmong(documents, sent) : [];
      hardeningIn(this, {
        remediation,
        hosts,
        posture,
        documents: changes,
        toSend,
        undelivered,
        place,
      });
    }

    const remediate = remediation?.remediate;
    const buckets: Buckets = {
      heartbeat: heartbeat?.bucket,
      images: remediation?.acting.images,
      history: history?.bucket,
      reports: reports?.bucket,
    };
    sayBuckets(buckets, [evaluate, remediate, configRule, history, reports]);
    const remediations = remediation?.acting.remediations;
    alarms.watch({
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
      inboxes: {
        // A change that settles may be sent to wait for 15 minutes.
        changes: { inbox: changes, mostSeconds: 1200 },
        // A sweep of a large account may take its time.
        sweeps: { inbox: sweeps, mostSeconds: 14_400 },
        pages: { inbox: pages, mostSeconds: 3600 },
        ...(remediations && { remediations: { inbox: remediations, mostSeconds: 1800 } }),
        ...(hosts && {
          audits: { inbox: hosts.inboxes.audits, mostSeconds: 7200 },
          hostResults: { inbox: hosts.inboxes.hostResults, mostSeconds: 3600 },
        }),
      },
      deadLetters: {
        changes: changes.deadLetters,
        sweeps: sweeps.deadLetters,
        pages: pages.deadLetters,
        ...(remediations && { remediations: remediations.deadLetters }),
        ...(hosts && {
          audits: hosts.inboxes.audits.deadLetters,
          hostResults: hosts.inboxes.hostResults.deadLetters,
        }),
        undelivered,
      },
    });
    hearElsewhere(this, baseline, { account, patterns });
    if (isGoverning) {
      if (organization)
        this.tell(memberOutputs.organization, organization.id, 'Whose accounts are governed');
      if (accounts.length > 0)
        this.tell(memberOutputs.accounts, accounts.join(' '), 'Other accounts that are governed');
      if (remediated.length > 0)
        this.tell(
          memberOutputs.remediated,
          remediated.join(' '),
          'Those of them where something may be put right',
        );
      this.tell(memberOutputs.regions, regions.join(' '), 'Regions that are governed in each');
      this.tell(memberOutputs.externalId, this.stackId, 'What the roles in these accounts ask for');
    }
    if (baseline.dashboard) {
      new Dashboard(this, 'Dashboard', {
        inboxes: [changes, sweeps, pages, ...(remediations ? [remediations] : [])],
        handlers: [evaluate, sweep, ...(remediate ? [remediate] : [])],
      });
    }
    this.tell('AlarmTopic', alarms.topic.topicArn, 'Subscribe to be told by Plumbline');
    this.tell('PostureTable', posture.tableName, 'Verdicts and plans');
    if (heartbeat?.bucket)
      this.tell(
        'HeartbeatBucket',
        heartbeat.bucket.bucketName,
        'An empty bucket that is written to',
      );
    if (history) this.tell('HistoryBucket', history.bucket.bucketName, 'What happened, by day');
    if (reports) this.tell('ReportsBucket', reports.bucket.bucketName, 'Reports by the clock');
    if (hosts && baseline.hosts) {
      const { audits, hostResults } = hosts.inboxes;
      const { everyHours } = baseline.hosts;
      this.tell('HostAuditHours', `${everyHours}`, 'Hours between two audits of a host');
      this.tell('AuditsQueue', audits.queue.queueUrl, 'Which hosts are to be audited');
      this.tell('HostResultsQueue', hostResults.queue.queueUrl, 'What hosts said of themselves');
    }
    if (remediation) {
      const { acting } = remediation;
      this.tell('ChangesQueue', changes.queue.queueUrl, 'What is to be evaluated');
      this.tell('RemediationsQueue', acting.remediations.queue.queueUrl, 'What is to be done');
      this.tell('LedgerTable', acting.ledger.tableName, 'What was done');
      this.tell('ImagesBucket', acting.images.bucketName, 'What was there before, where large');
    }
    // The command line says beforehand what the queue would refuse.
    if ((remediation || hosts) && baseline.operators.length > 0)
      this.tell('Operators', baseline.operators.join(' '), 'Who may ask for something');
  }

  /** Has the accounts of the organization listed when some came or went: told here, or on the bus by the account that manages it. */
  private listAccounts(baseline: Baseline, pages: Inbox): EarsBusProps['others'] {
    return organizationPatterns(baseline).map((pattern) => {
      const target = toQueue(pages.queue, {
        message: RuleTargetInput.fromObject({ version: 1, sweep: 'roster' }),
        undelivered: pages.deadLetters,
      });
      new Rule(this, pattern.name, {
        description: `${pattern.name}: what tells that accounts came or went`,
        eventPattern: eventPatternOf(pattern.pattern),
        targets: [target],
      });
      return { pattern, target };
    });
  }

  private tell(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
