import type {
  AwsSecurityFinding,
  AwsSecurityFindingFilters,
  DateFilter,
  MapFilter,
  NumberFilter,
  StringFilter,
} from '@aws-sdk/client-securityhub';

type Field = keyof AwsSecurityFindingFilters;
type Values = (finding: AwsSecurityFinding) => readonly (string | undefined)[];
const one =
  (value: (finding: AwsSecurityFinding) => string | undefined): Values =>
  (finding) => [value(finding)];
const resources =
  (value: (resource: NonNullable<AwsSecurityFinding['Resources']>[number]) => string | undefined) =>
  (finding: AwsSecurityFinding) =>
    (finding.Resources ?? []).map(value);

const strings: Partial<Record<Field, Values>> = {
  ProductArn: one((finding) => finding.ProductArn),
  AwsAccountId: one((finding) => finding.AwsAccountId),
  Id: one((finding) => finding.Id),
  GeneratorId: one((finding) => finding.GeneratorId),
  Region: one((finding) => finding.Region),
  Type: (finding) => finding.Types ?? [],
  SeverityLabel: one((finding) => finding.Severity?.Label),
  Title: one((finding) => finding.Title),
  Description: one((finding) => finding.Description),
  RecommendationText: one((finding) => finding.Remediation?.Recommendation?.Text),
  SourceUrl: one((finding) => finding.SourceUrl),
  ProductName: one((finding) => finding.ProductName),
  CompanyName: one((finding) => finding.CompanyName),
  ResourceType: resources(({ Type }) => Type),
  ResourceId: resources(({ Id }) => Id),
  ResourcePartition: resources(({ Partition }) => Partition),
  ResourceRegion: resources(({ Region }) => Region),
  ComplianceStatus: one((finding) => finding.Compliance?.Status),
  ComplianceSecurityControlId: one((finding) => finding.Compliance?.SecurityControlId),
  ComplianceAssociatedStandardsId: (finding) =>
    (finding.Compliance?.AssociatedStandards ?? []).map(({ StandardsId }) => StandardsId),
  VerificationState: one((finding) => finding.VerificationState),
  WorkflowStatus: one((finding) => finding.Workflow?.Status),
  WorkflowState: one((finding) => finding.WorkflowState),
  RecordState: one((finding) => finding.RecordState),
  RelatedFindingsId: (finding) => (finding.RelatedFindings ?? []).map(({ Id }) => Id),
  NoteText: one((finding) => finding.Note?.Text),
  NoteUpdatedBy: one((finding) => finding.Note?.UpdatedBy),
  FindingProviderFieldsSeverityLabel: one(
    (finding) => finding.FindingProviderFields?.Severity?.Label,
  ),
  FindingProviderFieldsSeverityOriginal: one(
    (finding) => finding.FindingProviderFields?.Severity?.Original,
  ),
  FindingProviderFieldsTypes: (finding) => finding.FindingProviderFields?.Types ?? [],
  AwsAccountName: one((finding) => finding.AwsAccountName),
};
const dates: Partial<Record<Field, Values>> = {
  FirstObservedAt: one((finding) => finding.FirstObservedAt),
  LastObservedAt: one((finding) => finding.LastObservedAt),
  CreatedAt: one((finding) => finding.CreatedAt),
  UpdatedAt: one((finding) => finding.UpdatedAt),
  NoteUpdatedAt: one((finding) => finding.Note?.UpdatedAt),
};
const numbers: Partial<Record<Field, (finding: AwsSecurityFinding) => number | undefined>> = {
  SeverityNormalized: (finding) => finding.Severity?.Normalized,
  Confidence: (finding) => finding.Confidence,
  Criticality: (finding) => finding.Criticality,
};
const maps: Partial<Record<Field, (finding: AwsSecurityFinding) => readonly unknown[]>> = {
  ProductFields: (finding) => [finding.ProductFields],
  UserDefinedFields: (finding) => [finding.UserDefinedFields],
  ResourceTags: (finding) => (finding.Resources ?? []).map(({ Tags }) => Tags),
};

const holds = (value: string | undefined, { Comparison, Value = '' }: StringFilter) => {
  const text = value ?? '';
  if (Comparison?.endsWith('CONTAINS')) return text.includes(Value);
  return Comparison?.startsWith('PREFIX') ? text.startsWith(Value) : text === Value;
};
const denies = (filter: { Comparison?: string | undefined }) =>
  filter.Comparison?.includes('NOT') === true;

// Filters that ask for a value are joined by OR, those that exclude one by AND:
// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
const matchesStrings = (
  values: readonly (string | undefined)[],
  filters: readonly StringFilter[],
) => {
  const found = (filter: StringFilter) => values.some((value) => holds(value, filter));
  const asked = filters.filter((filter) => !denies(filter));
  const excluded = filters.filter(denies);
  return (asked.length === 0 || asked.some(found)) && !excluded.some(found);
};

const matchesMaps = (fields: readonly unknown[], filters: readonly MapFilter[]) => {
  const found = ({ Key = '', Value }: MapFilter) =>
    fields.some((map) => (map as Record<string, string> | undefined)?.[Key] === Value);
  const asked = filters.filter((filter) => !denies(filter));
  return (asked.length === 0 || asked.some(found)) && !filters.filter(denies).some(found);
};

const dayMs = 86_400_000;
const inRange = (value: string | undefined, { Start, End, DateRange }: DateFilter, now: Date) => {
  if (value === undefined) return false;
  const at = Date.parse(value);
  if (DateRange) return at >= now.getTime() - (DateRange.Value ?? 0) * dayMs;
  return (!Start || at >= Date.parse(Start)) && (!End || at <= Date.parse(End));
};

const satisfies = (value: number | undefined, { Eq, Gt, Gte, Lt, Lte }: NumberFilter) =>
  value !== undefined &&
  (Eq === undefined || value === Eq) &&
  (Gt === undefined || value > Gt) &&
  (Gte === undefined || value >= Gte) &&
  (Lt === undefined || value < Lt) &&
  (Lte === undefined || value <= Lte);

const matchesField = (
  finding: AwsSecurityFinding,
  field: Field,
  filters: readonly object[],
  now: Date,
): boolean => {
  const text = strings[field];
  if (text) return matchesStrings(text(finding), filters);
  const date = dates[field];
  if (date) return filters.some((filter) => inRange(date(finding)[0], filter, now));
  const number = numbers[field];
  if (number) return filters.some((filter) => satisfies(number(finding), filter));
  const map = maps[field];
  if (map) return matchesMaps(map(finding), filters);
  return filters.some((filter) =>
    JSON.stringify(finding)
      .toLowerCase()
      .includes(String(Object.values(filter)[0]).toLowerCase()),
  );
};

/** Whether a finding meets every field of the filters; a field with no filters asks nothing. */
export const matches = (
  finding: AwsSecurityFinding,
  filters: AwsSecurityFindingFilters,
  now: Date,
): boolean => entries(filters).every(([field, list]) => matchesField(finding, field, list, now));

const entries = (filters: AwsSecurityFindingFilters) =>
  Object.entries(filters).filter(([, list]) => list !== undefined && list.length > 0) as [
    Field,
    { Comparison?: string }[],
  ][];

const known = (field: Field) =>
  field === 'Keyword' ||
  [strings, dates, numbers, maps].some((kind: Partial<Record<Field, unknown>>) => field in kind);

/** What GetFindings would refuse in the filters; undefined where nothing. */
export const faultOfFilters = (filters: AwsSecurityFindingFilters): string | undefined => {
  const given = entries(filters);
  if (given.length > 10) return 'at most 10 attributes can be filtered on';
  for (const [field, list] of given) {
    if (!known(field)) return `the local Security Hub does not filter on ${field}`;
    if (list.length > 20) return `at most 20 filter values can be given for ${field}`;
    const comparisons = new Set(list.map(({ Comparison }) => Comparison));
    if (!consistent(comparisons)) return `${[...comparisons].join(' and ')} on ${field}`;
  }
  return undefined;
};

const consistent = (comparisons: ReadonlySet<string | undefined>) => {
  const has = (...names: string[]) => names.some((name) => comparisons.has(name));
  if (has('CONTAINS_WORD')) return false;
  if (has('CONTAINS', 'NOT_CONTAINS') && comparisons.size > 1) return false;
  return !(has('EQUALS') && has('NOT_EQUALS', 'PREFIX_NOT_EQUALS'));
};

/** The values that a field is sorted by. */
export const sortKey = (finding: AwsSecurityFinding, field: string): string | number => {
  const name = field as Field;
  return numbers[name]?.(finding) ?? strings[name]?.(finding)[0] ?? dates[name]?.(finding)[0] ?? '';
};
