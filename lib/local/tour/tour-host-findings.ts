import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import { resourcesOf } from '../deploy/stack-values.ts';
import type { LocalAws } from '../local-aws.ts';

/** A finding on a host, and when Security Hub last had it. */
interface Known {
  readonly finding: AwsSecurityFinding;
  readonly at: number;
}
export interface HostFindings {
  all(): readonly AwsSecurityFinding[];
  /** The finding of a control, `PL.SSH.1`. */
  of(control: string): Known | undefined;
  lastAt(): number;
  end(): void;
}

/** Hears of every finding on an instance. */
export const hostFindings = ({ onFinding }: Pick<LocalAws, 'onFinding'>): HostFindings => {
  const known = new Map<string, Known>();
  let last = 0;
  const end = onFinding(({ finding }) => {
    if (finding.Resources?.[0]?.Type !== 'AwsEc2Instance') return;
    last = performance.now();
    known.set(finding.Compliance?.SecurityControlId ?? '', { finding, at: last });
  });
  return {
    all: () => [...known.values()].map(({ finding }) => finding),
    of: (control) => known.get(`Plumbline.${control}`),
    lastAt: () => last,
    end,
  };
};

export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

const hasFailed = ({ Compliance }: AwsSecurityFinding) => Compliance?.Status === 'FAILED';

/** What failed, the most severe first. */
export const failedIn = (findings: readonly AwsSecurityFinding[]): readonly AwsSecurityFinding[] =>
  severities.flatMap((severity) =>
    findings.filter((finding) => hasFailed(finding) && finding.Severity?.Label === severity),
  );

export interface Tally {
  readonly passed: number;
  /** By severity, those that have any. */
  readonly failed: Readonly<Record<string, number>>;
}
export const tallyOf = (findings: readonly AwsSecurityFinding[]): Tally => ({
  passed: findings.filter(({ Compliance }) => Compliance?.Status === 'PASSED').length,
  failed: Object.fromEntries(
    severities.flatMap((severity) => {
      const count = failedIn(findings).filter(({ Severity }) => Severity?.Label === severity);
      return count.length > 0 ? [[severity, count.length]] : [];
    }),
  ),
});

/** The queue of the stack whose name begins so. */
export const queueOf = ({ deployment }: Pick<LocalAws, 'deployment'>, name: string): string =>
  resourcesOf('AWS::SQS::Queue', deployment.stack).find(({ id }) => id.startsWith(name))
    ?.physicalId ?? '';

export interface Audited {
  readonly aws: LocalAws;
  readonly ssm: SSM;
  readonly sqs: SQS;
  readonly findings: HostFindings;
  readonly instanceId: string;
  /** Audits that were asked for earlier do not count. */
  readonly since: Date;
}
const patienceMs = 90_000;
const quietMs = 700;

/** Waits until every area of the host was audited and what it said is published; whether that came. */
export const audited = async (asked: Audited): Promise<boolean> => {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if ((await isAnswered(asked)) && (await isHeard(asked))) return true;
    await sleep(200, undefined, { ref: false });
  }
  return false;
};

/** Each area is a command of its own. */
const isAnswered = async ({ aws, ssm, instanceId, since }: Audited): Promise<boolean> => {
  const { CommandInvocations = [] } = await ssm.listCommandInvocations({
    InstanceId: instanceId,
    MaxResults: 50,
  });
  const audits = CommandInvocations.filter(
    ({ DocumentName = '', RequestedDateTime }) =>
      DocumentName.startsWith('Plumbline-AuditHost-') &&
      RequestedDateTime !== undefined &&
      RequestedDateTime >= since,
  );
  const areas = aws.baseline.hosts?.areas ?? [];
  return (
    audits.length >= areas.length &&
    audits.every(({ Status = '' }) => !/^(Pending|InProgress|Delayed)$/.test(Status))
  );
};

const isHeard = async ({ aws, sqs, findings }: Audited): Promise<boolean> => {
  const { Attributes = {} } = await sqs.getQueueAttributes({
    QueueUrl: queueOf(aws, 'HostResultsInboxQueue'),
    AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
  });
  const isEmpty = Object.values(Attributes).every((count) => Number(count) === 0);
  return isEmpty && findings.lastAt() > 0 && performance.now() - findings.lastAt() > quietMs;
};
