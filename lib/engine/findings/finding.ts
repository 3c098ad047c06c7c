import { createHash } from 'node:crypto';
import type { Control } from '../../model/control.ts';
import { partitionOf } from '../../services/partition.ts';
import { clip } from '../../support/clip.ts';
import type { Published } from '../posture/row.ts';
import { adviceUrl } from './advice-url.ts';
import { findingId, productArn } from './finding-id.ts';
import {
  adviceOf,
  outcomeOf,
  productFields,
  relatedRequirements,
  type Told,
} from './finding-text.ts';
import type { Priority } from './priority.ts';
import { lastChangeField } from './who.ts';

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

const criticality = { critical: 90, high: 70, standard: 30 } as const;
/** Among findings of one level, those that the internet reaches come first, as in all our lists. */
const criticalityOf = ({ level, isReached }: Priority): number =>
  criticality[level] + (isReached ? 10 : 0);
const types = [
  'Software and Configuration Checks/AWS Security Best Practices',
  'Software and Configuration Checks/Industry and Regulatory Standards',
];
const status = { PASS: 'PASSED', FAIL: 'FAILED', UNKNOWN: 'NOT_AVAILABLE' } as const;

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
      Criticality: criticalityOf(told.priority),
    },
    Title: clip(control.title, 256),
    Description: clip(`${outcomeOf(told)} ${control.rationale}`, 1024),
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

/** A hash of what a finding says, without its times: the same call of the same caller is no news the second time. */
export const hashOf = (finding: Finding): string => {
  const { UpdatedAt, LastObservedAt, ...said } = finding;
  const { [`plumbline/${lastChangeField}`]: _, ...ProductFields } = said.ProductFields;
  const text = JSON.stringify({ ...said, ProductFields });
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
};

export const publishedAs = (finding: Finding, hash: string): Published => ({
  hash,
  updatedAt: finding.UpdatedAt,
  status: finding.RecordState === 'ARCHIVED' ? 'ARCHIVED' : finding.Compliance.Status,
});
