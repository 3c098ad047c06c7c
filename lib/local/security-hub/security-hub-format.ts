import {
  type AwsSecurityFinding,
  ComplianceStatus,
  Partition,
  RecordState,
  SeverityLabel,
  VerificationState,
  WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import {
  type Check,
  integer,
  list,
  map,
  matching,
  oneOf,
  shape,
  text,
  timestamp,
} from './security-hub-checks.ts';

// The finding types' namespaces:
// https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Types
const namespaces =
  '(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)';
const types = list(50, matching(`^${namespaces}(/[^/]+){0,2}$`));
const url = matching('^(https?|ftp)://\\S+$', 2048);
const relatedFindings = list(10, shape({ ProductArn: text(2048, 12), Id: text(512) }, 2), 1);
const percentage = integer(0, 100);
const severity = { Label: oneOf(SeverityLabel), Original: text(64) };

// Lengths and counts: the API reference of AwsSecurityFinding and of the types it holds,
// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html.
// 20 associated standards: what BatchImportFindings answers, https://github.com/prowler-cloud/prowler/pull/2520.
const compliance = shape({
  Status: oneOf(ComplianceStatus),
  RelatedRequirements: list(32, text(64)),
  StatusReasons: list(20, shape({ ReasonCode: text(100), Description: text(1024) }, 1)),
  SecurityControlId: text(512),
  AssociatedStandards: list(20, shape({ StandardsId: text(512) })),
  SecurityControlParameters: list(50, shape({ Name: text(512), Value: list(50, text(2048)) })),
});
const resource = shape(
  {
    Type: text(256),
    Id: text(512),
    Partition: oneOf(Partition),
    Region: text(16),
    Tags: map({ pairs: 50, key: 128, value: 256, emptyValues: true }),
    Details: shape({ Other: map({ pairs: 50, key: 128, value: 1024 }) }),
  },
  2,
);
const note = shape({ Text: text(512), UpdatedBy: text(512), UpdatedAt: timestamp }, 3);
const verificationState = oneOf(VerificationState);
const workflow = shape({ Status: oneOf(WorkflowStatus) });
const userDefinedFields = map({ pairs: 50, key: 128, value: 1024 });

const finding = shape(
  {
    SchemaVersion: oneOf({ only: '2018-10-08' }),
    Id: text(512),
    ProductArn: text(2048, 12),
    GeneratorId: text(512),
    AwsAccountId: matching('^[0-9]{12}$'),
    CreatedAt: timestamp,
    UpdatedAt: timestamp,
    Title: text(256),
    Description: text(1024),
    Resources: list(32, resource, 1),
    ProductName: text(128),
    CompanyName: text(128),
    Region: text(16),
    Types: types,
    FirstObservedAt: timestamp,
    LastObservedAt: timestamp,
    Severity: shape({ ...severity, Normalized: percentage }),
    Confidence: percentage,
    Criticality: percentage,
    Remediation: shape({ Recommendation: shape({ Text: text(512), Url: url }) }),
    SourceUrl: url,
    ProductFields: map({ pairs: 50, key: 128, value: 2048 }),
    UserDefinedFields: userDefinedFields,
    Compliance: compliance,
    VerificationState: verificationState,
    Workflow: workflow,
    RecordState: oneOf(RecordState),
    RelatedFindings: relatedFindings,
    Note: note,
    FindingProviderFields: shape({
      Confidence: percentage,
      Criticality: percentage,
      RelatedFindings: relatedFindings,
      Severity: shape(severity),
      Types: types,
    }),
  },
  10,
);

const update = shape({
  Note: shape({ Text: text(512), UpdatedBy: text(512) }, 2),
  Severity: shape({ Label: oneOf(SeverityLabel), Normalized: percentage }),
  VerificationState: verificationState,
  Confidence: percentage,
  Criticality: percentage,
  Types: types,
  UserDefinedFields: userDefinedFields,
  Workflow: workflow,
  RelatedFindings: relatedFindings,
});

// Severity and types stand in FindingProviderFields or, as in the first years, at the top.
const severityAndTypes: Check = (value) => {
  const { Severity, Types, FindingProviderFields } = value as AwsSecurityFinding;
  const given = FindingProviderFields?.Severity ?? Severity;
  if (given?.Label === undefined && Severity?.Normalized === undefined)
    return "data should have required property 'FindingProviderFields.Severity.Label'";
  if ((FindingProviderFields?.Types ?? Types) === undefined)
    return "data should have required property 'FindingProviderFields.Types'";
  return undefined;
};

/** What BatchImportFindings would refuse in a finding, in its words; undefined where nothing. */
export const faultOf = (value: unknown): string | undefined =>
  finding(value, 'data') ?? severityAndTypes(value, 'data');
/** The same for the fields of a BatchUpdateFindings request. */
export const faultOfUpdate = (value: unknown): string | undefined => update(value, 'data');
