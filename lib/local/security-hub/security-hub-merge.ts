import type {
  AwsSecurityFinding,
  BatchUpdateFindingsRequest,
  Severity,
} from '@aws-sdk/client-securityhub';

// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html
const normalized = { INFORMATIONAL: 0, LOW: 1, MEDIUM: 40, HIGH: 70, CRITICAL: 90 } as const;
const labels = [
  [90, 'CRITICAL'],
  [70, 'HIGH'],
  [40, 'MEDIUM'],
  [1, 'LOW'],
  [0, 'INFORMATIONAL'],
] as const;
const withBoth = (severity: Severity): Severity => {
  const { Label, Normalized } = severity;
  if (Label) return { ...severity, Label, Normalized: normalized[Label] };
  const label = labels.find(([from]) => (Normalized ?? 0) >= from)?.[1] ?? 'INFORMATIONAL';
  return { ...severity, Label: label };
};

/** Fields that only BatchUpdateFindings may change once a finding exists. */
export const customerFields = [
  'Note',
  'UserDefinedFields',
  'VerificationState',
  'Workflow',
] as const;
/** Fields at the top that follow FindingProviderFields until a customer sets them. */
const providerFields = [
  'Confidence',
  'Criticality',
  'RelatedFindings',
  'Severity',
  'Types',
] as const;
const setByCustomer = new WeakMap<AwsSecurityFinding, ReadonlySet<string>>();

const pick = <T extends object, K extends keyof T>(from: T, names: readonly K[]): Partial<T> =>
  Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  ) as Partial<T>;

/** What Security Hub stores when `incoming` is imported over `before`. */
export const merged = (
  before: AwsSecurityFinding | undefined,
  incoming: AwsSecurityFinding,
  at: Date,
): AwsSecurityFinding => {
  const given = { ...pick(incoming, providerFields), ...incoming.FindingProviderFields };
  const provided = { ...given, Severity: withBoth(given.Severity ?? {}) };
  const kept = (before && setByCustomer.get(before)) ?? new Set<string>();
  const finding: AwsSecurityFinding = {
    RecordState: 'ACTIVE',
    WorkflowState: 'NEW',
    ProductName: 'Default',
    CompanyName: 'Personal',
    ...incoming,
    Region: incoming.ProductArn?.split(':')[3],
    FindingProviderFields: { ...given, Severity: pick(provided.Severity, ['Label', 'Original']) },
    ...provided,
    ...(before && pick(before, [...kept] as (keyof AwsSecurityFinding)[])),
    ...(before && absentOrFrom(before)),
    Workflow: workflow(before, incoming),
    ProcessedAt: at.toISOString(),
  };
  finding.ProductFields = {
    ...incoming.ProductFields,
    'aws/securityhub/FindingId': `${incoming.ProductArn}/${incoming.Id}`,
    'aws/securityhub/ProductName': finding.ProductName ?? '',
    'aws/securityhub/CompanyName': finding.CompanyName ?? '',
  };
  setByCustomer.set(finding, kept);
  return finding;
};

const absentOrFrom = (before: AwsSecurityFinding) =>
  Object.fromEntries(customerFields.map((name) => [name, before[name]]));

// A SUPPRESSED finding stays so; NOTIFIED and RESOLVED begin anew when the trouble comes back:
// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_WorkflowUpdate.html
const workflow = (before: AwsSecurityFinding | undefined, incoming: AwsSecurityFinding) => {
  if (!before) return incoming.Workflow ?? { Status: 'NEW' as const };
  const status = before.Workflow?.Status ?? 'NEW';
  const reopened = before.RecordState === 'ARCHIVED' && incoming.RecordState !== 'ARCHIVED';
  const is = incoming.Compliance?.Status;
  const failedAgain = before.Compliance?.Status === 'PASSED' && is !== undefined && is !== 'PASSED';
  const reset = status !== 'SUPPRESSED' && (reopened || failedAgain);
  return { Status: reset ? ('NEW' as const) : status };
};

/** The fields of a BatchUpdateFindings request, and the one that UpdateFindings alone changes. */
export type Update = Omit<BatchUpdateFindingsRequest, 'FindingIdentifiers'> &
  Pick<AwsSecurityFinding, 'RecordState'>;

/** What Security Hub stores when a customer updates `before`; `UpdatedAt` stays. */
export const updated = (
  before: AwsSecurityFinding,
  { Note, Severity, ...fields }: Update,
  at: Date,
): AwsSecurityFinding => {
  const finding: AwsSecurityFinding = {
    ...before,
    ...fields,
    ...(Severity && { Severity: withBoth({ ...before.Severity, ...Severity }) }),
    ...(Note && {
      Note: { Text: Note.Text, UpdatedBy: Note.UpdatedBy, UpdatedAt: at.toISOString() },
    }),
    ProcessedAt: at.toISOString(),
  };
  const set = providerFields.filter((name) => ({ ...fields, Severity })[name] !== undefined);
  setByCustomer.set(finding, new Set([...(setByCustomer.get(before) ?? []), ...set]));
  return finding;
};
