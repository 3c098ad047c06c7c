import { createHash } from 'node:crypto';
import type { Control, Evidence } from '../controls/control.ts';
import { standards } from '../controls/standards.ts';
import { adviceUrl } from './advice-url.ts';
import { canonicalJson } from './canonical-json.ts';
import type { EventCause } from './change.ts';
import { clip } from './clip.ts';
import type { Exemption } from './exemption.ts';
import type { Priority } from './priority.ts';
import type { ControlRow, Published, ResourceRow } from './row.ts';

/** Security Hub's finding format, as far as we fill it: every text within its limit. */
export interface Finding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: 'Plumbline';
  readonly CompanyName: 'Plumbline';
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Region: string;
  readonly Types: string[];
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Severity: Severity;
  readonly FindingProviderFields: {
    readonly Severity: Severity;
    readonly Types: string[];
    readonly Criticality: number;
  };
  readonly Title: string;
  readonly Description: string;
  readonly Remediation: {
    readonly Recommendation: { readonly Text: string; readonly Url: string };
  };
  readonly Resources: {
    readonly Type: string;
    readonly Id: string;
    readonly Partition: string;
    readonly Region: string;
  }[];
  readonly Compliance: {
    readonly Status: 'PASSED' | 'FAILED' | 'NOT_AVAILABLE';
    readonly SecurityControlId: string;
    readonly RelatedRequirements: string[];
    readonly StatusReasons?: { readonly ReasonCode: string; readonly Description: string }[];
  };
  readonly ProductFields: Record<string, string>;
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}
interface Severity {
  readonly Label: 'INFORMATIONAL' | Control['severity'];
  readonly Original: string;
}

/** All that a finding says. */
export interface Told {
  readonly row: ResourceRow;
  readonly control: Control;
  readonly controlRow: ControlRow;
  readonly securityHubType: string;
  readonly arn: string;
  readonly priority: Priority;
  readonly exemption?: Exemption | undefined;
}

const criticality = { critical: 100, high: 70, standard: 30 } as const;
const types = [
  'Software and Configuration Checks/AWS Security Best Practices',
  'Software and Configuration Checks/Industry and Regulatory Standards',
];
const status = { PASS: 'PASSED', FAIL: 'FAILED', UNKNOWN: 'NOT_AVAILABLE' } as const;

export const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};
export const productArn = ({ account, region }: { account: string; region: string }): string =>
  `arn:${partitionOf(region)}:securityhub:${region}:${account}:product/${account}/default`;

/** Stable for (account, region, resource, control); an ARN that would pass the limit of 512 is hashed. */
export const findingId = (
  { ref }: Pick<ResourceRow, 'ref'>,
  arn: string,
  controlId: string,
): string => {
  const id = `plumbline/${ref.account}/${ref.region}/${controlId}/${arn}`;
  return id.length <= 512
    ? id
    : `plumbline/${ref.account}/${ref.region}/${controlId}/${subjectOf(arn)}`;
};

/** A hash by which a finding's id leads to the row of its resource. */
export const subjectOf = (arn: string): string =>
  createHash('sha256').update(arn).digest('hex').slice(0, 32);

/** What a finding's id says: control and subject; `undefined` for one that is not ours. */
export const controlIn = (
  id: string,
  { account, region }: { readonly account: string; readonly region: string },
): { readonly control: string; readonly subject: string } | undefined => {
  const prefix = `plumbline/${account}/${region}/`;
  const [control, ...rest] = id.startsWith(prefix) ? id.slice(prefix.length).split('/') : [];
  const last = rest.join('/');
  if (control === undefined || last === '') return undefined;
  return { control, subject: /^[0-9a-f]{32}$/.test(last) ? last : subjectOf(last) };
};

/** What names findings to Security Hub. */
export interface FindingIdentifier {
  readonly Id: string;
  readonly ProductArn: string;
}
export const identifiersOf = (
  { ref, arn }: { readonly ref: ResourceRow['ref']; readonly arn: string },
  controls: readonly string[],
): readonly FindingIdentifier[] =>
  controls.map((control) => ({
    Id: findingId({ ref }, arn, control),
    ProductArn: productArn(ref),
  }));

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : canonicalJson(value);
const evidenceLine = ({ path, actual, expected }: Evidence): string =>
  `${path} is ${shown(actual)}, expected ${shown(expected)}`;

const outcome = ({ controlRow: { verdict } }: Told): string => {
  if (verdict.status === 'PASS') return 'Holds.';
  const proof = (verdict.evidence ?? []).slice(0, 3).map(evidenceLine).join('; ');
  const reason = `${verdict.status === 'UNKNOWN' ? 'Not known: ' : ''}${verdict.reason ?? ''}`;
  return proof === '' ? `${reason}.` : `${reason} (${proof}).`;
};

const causeFields = (causes: readonly EventCause[]): Record<string, string | undefined> => {
  const who = [...new Set(causes.flatMap(({ by }) => by ?? []))];
  const latest = causes.at(-1);
  return {
    [who.length === 1 ? 'by' : 'among']: who.length > 0 ? who.join(' ') : undefined,
    sourceAddress: latest?.from,
    userAgent: latest?.userAgent,
    call: [...new Set(causes.flatMap(({ call }) => call ?? []))].join(' '),
    eventId: latest && causes.map(({ id }) => id).join(' '),
    eventTime: latest?.time,
  };
};

const productFields = ({ row, controlRow, priority, exemption }: Told): Record<string, string> => {
  const { verdict, causes } = controlRow;
  // A PASS needs no culprit.
  const actors = verdict.status === 'FAIL' ? causes : [];
  const fields: Record<string, string | undefined> = {
    priority: priority.level,
    priorityWhy: priority.why,
    reason: verdict.reason,
    ...causeFields(actors),
    stack: row.tags['aws:cloudformation:stack-name'],
    logicalId: row.tags['aws:cloudformation:logical-id'],
    autoScalingGroup: row.tags['aws:autoscaling:groupName'],
    exemptionOwner: exemption?.owner,
    exemptionReason: exemption?.reason,
    exemptionExpires: exemption?.expires,
    exemptionConfirmed: exemption && 'unconfirmed' in exemption ? 'no' : undefined,
    plan: verdict.status === 'FAIL' ? controlRow.plan?.text : undefined,
    action: controlRow.remediation?.action,
  };
  verdict.evidence?.slice(0, 10).forEach((one, index) => {
    fields[`evidence/${index + 1}`] = evidenceLine(one);
  });
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[`plumbline/${key}`, clip(value, 1024)]],
    ),
  );
};

/** What is put right on an instance of an Auto Scaling group comes back with the next that the group launches. */
const adviceOf = ({ control: { remediation }, row }: Told): string => {
  const group = row.tags['aws:autoscaling:groupName'];
  if (group === undefined) return clip(remediation.advice, 512);
  const owner = `Auto Scaling group ${group} launched it: put that group's image right as well.`;
  return `${clip(remediation.advice, 511 - owner.length)} ${owner}`;
};

const relatedRequirements = (control: Control): string[] =>
  Object.entries(standards)
    .flatMap(([id, title]) =>
      Object.entries(control.standards).flatMap(([standard, requirements]) =>
        standard === id ? requirements.map((requirement) => `${title}/${requirement}`) : [],
      ),
    )
    .concat(control.requirements ?? [])
    .slice(0, 32);

const severityOf = ({ control, exemption }: Told): Severity => ({
  Label: exemption ? 'INFORMATIONAL' : control.severity,
  Original: control.severity,
});

/** The verdict in Security Hub's format. NOT_APPLICABLE has no finding of its own: it is `archived`. */
export const findingOf = (told: Told): Finding => {
  const { row, control, controlRow, securityHubType, arn } = told;
  const { verdict } = controlRow;
  const severity = severityOf(told);
  const isActive = verdict.status !== 'NOT_APPLICABLE' && row.goneAt === undefined;
  const compliance = verdict.status === 'NOT_APPLICABLE' ? 'PASSED' : status[verdict.status];
  return {
    SchemaVersion: '2018-10-08',
    Id: findingId(row, arn, control.id),
    ProductArn: productArn(row.ref),
    ProductName: 'Plumbline',
    CompanyName: 'Plumbline',
    GeneratorId: `plumbline/${control.id}`,
    AwsAccountId: row.ref.account,
    Region: row.ref.region,
    Types: types,
    FirstObservedAt: controlRow.firstSeenAt,
    LastObservedAt: row.stampedAt,
    CreatedAt: controlRow.firstSeenAt,
    UpdatedAt: row.stampedAt,
    Severity: severity,
    FindingProviderFields: {
      Severity: severity,
      Types: types,
      Criticality: criticality[told.priority.level],
    },
    Title: clip(control.title, 256),
    Description: clip(`${outcome(told)} ${control.rationale}`, 1024),
    Remediation: {
      Recommendation: { Text: adviceOf(told), Url: adviceUrl(control) },
    },
    Resources: [
      {
        Type: securityHubType,
        // An IAM path can carry an ARN past the limit.
        Id: clip(arn, 512),
        Partition: partitionOf(row.ref.region),
        Region: row.ref.region,
      },
    ],
    Compliance: {
      Status: compliance,
      SecurityControlId: `Plumbline.${control.id}`,
      RelatedRequirements: relatedRequirements(control),
      ...(verdict.status === 'UNKNOWN'
        ? {
            StatusReasons: [
              { ReasonCode: 'NOT_READABLE', Description: clip(verdict.reason ?? '', 1024) },
            ],
          }
        : {}),
    },
    ProductFields: productFields(told),
    RecordState: isActive ? 'ACTIVE' : 'ARCHIVED',
  };
};

/** Of what a finding says, apart from when it says so. */
export const hashOf = (finding: Finding): string => {
  const { UpdatedAt, LastObservedAt, ...said } = finding;
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
};

export const publishedAs = (finding: Finding, hash: string): Published => ({
  hash,
  updatedAt: finding.UpdatedAt,
  status: finding.RecordState === 'ARCHIVED' ? 'ARCHIVED' : finding.Compliance.Status,
});
