import type {
  AwsSecurityFinding,
  FindingHistoryRecord,
  SecurityHub,
} from '@aws-sdk/client-securityhub';
import type { Finding } from '../engine/findings/finding.ts';
import type { FindingIdentifier } from '../engine/findings/finding-id.ts';
import { chunked, inParts } from '../support/chunked.ts';

/** The error of Security Hub where it is not enabled. A missing permission is another error. */
export const hubOff = 'InvalidAccessException';
const mostFindings = 100;
const limits = { most: mostFindings, mostBytes: 6_000_000 };
/** The bytes of a finding in a list, with its comma. */
const bytesOf = (finding: Finding): number => Buffer.byteLength(JSON.stringify(finding)) + 1;

/**
 * Imports findings. Returns, by finding id, why Security Hub refused one: it answers 200 all the same.
 * @throws the error of the call itself: `InvalidAccessException` where Security Hub is off
 */
export const importFindings = async (
  hub: SecurityHub,
  findings: readonly Finding[],
): Promise<ReadonlyMap<string, string>> => {
  const refused = new Map<string, string>();
  for (const Findings of chunked(findings, bytesOf, limits)) {
    const answer = await hub.batchImportFindings({ Findings: Findings as AwsSecurityFinding[] });
    for (const { Id, ErrorCode, ErrorMessage } of answer.FailedFindings ?? []) {
      if (Id !== undefined) refused.set(Id, `${ErrorCode}: ${ErrorMessage}`);
    }
    if ((answer.FailedCount ?? 0) > refused.size && refused.size === 0) {
      for (const { Id } of Findings) refused.set(Id, 'refused without an answer that names it');
    }
  }
  return refused;
};

/** A finding that a person suppressed stays suppressed: an update would undo that. */
export const unsuppressed = async (
  hub: SecurityHub,
  findings: readonly Finding[],
): Promise<readonly Finding[]> => {
  const suppressed = new Set<string>();
  // A filter takes at most 20 values.
  for (const some of inParts(findings, 20)) {
    const answer = await hub.getFindings({
      Filters: {
        Id: some.map(({ Id }) => ({ Comparison: 'EQUALS', Value: Id })),
        WorkflowStatus: [{ Comparison: 'EQUALS', Value: 'SUPPRESSED' }],
      },
      MaxResults: 100,
    });
    for (const { Id } of answer.Findings ?? []) if (Id !== undefined) suppressed.add(Id);
  }
  return findings.filter(({ Id }) => !suppressed.has(Id));
};

/**
 * Sets RESOLVED on findings that passed after a FAIL: Security Hub does it by itself for its own controls only.
 * @param open those that nobody suppressed
 */
export const resolveFindings = async (
  hub: SecurityHub,
  open: readonly Finding[],
): Promise<ReadonlyMap<string, string>> => {
  const refused = new Map<string, string>();
  for (const some of inParts(open, mostFindings)) {
    const answer = await hub.batchUpdateFindings({
      FindingIdentifiers: some.map(({ Id, ProductArn }) => ({ Id, ProductArn })),
      Workflow: { Status: 'RESOLVED' },
    });
    for (const { FindingIdentifier, ErrorCode, ErrorMessage } of answer.UnprocessedFindings ?? []) {
      if (FindingIdentifier?.Id) refused.set(FindingIdentifier.Id, `${ErrorCode}: ${ErrorMessage}`);
    }
  }
  return refused;
};

/** Puts a note, of at most 512 characters, on findings; one that is not there has nothing to note. */
export const noteFindings = async (
  hub: SecurityHub,
  findings: readonly FindingIdentifier[],
  text: string,
): Promise<void> => {
  await hub.batchUpdateFindings({
    FindingIdentifiers: [...findings],
    Note: { Text: text, UpdatedBy: 'plumbline' },
  });
};

/** Whether a person has suppressed a finding; one that is not there is not suppressed. */
const isSuppressed = async (
  hub: SecurityHub,
  { Id, ProductArn }: FindingIdentifier,
): Promise<boolean> => {
  const { Findings = [] } = await hub.getFindings({
    Filters: {
      Id: [{ Comparison: 'EQUALS', Value: Id }],
      ProductArn: [{ Comparison: 'EQUALS', Value: ProductArn }],
    },
    MaxResults: 1,
  });
  return Findings.some(({ Workflow }) => Workflow?.Status === 'SUPPRESSED');
};

/** Who suppressed a finding, and when, as far as Security Hub tells. */
export interface Suppression {
  /** ARN of the user, role or session. */
  readonly by?: string;
  readonly at?: Date;
}

/**
 * The suppression of a finding that holds. A note's `UpdatedBy` is whatever its writer says; the history of a finding has
 * the ARN of whoever called, for 90 days:
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_FindingHistoryUpdateSource.html
 */
export const suppressionOf = async (
  hub: SecurityHub,
  finding: FindingIdentifier,
): Promise<Suppression | undefined> => {
  if (!(await isSuppressed(hub, finding))) return undefined;
  const { Id, ProductArn } = finding;
  let latest: FindingHistoryRecord | undefined;
  let NextToken: string | undefined;
  do {
    const page = await hub.getFindingHistory({ FindingIdentifier: { Id, ProductArn }, NextToken });
    for (const record of page.Records ?? []) {
      const isIt = record.Updates?.some(
        ({ UpdatedField = '', NewValue = '' }) =>
          UpdatedField.startsWith('Workflow') && NewValue.includes('SUPPRESSED'),
      );
      if (isIt && (record.UpdateTime ?? 0) > (latest?.UpdateTime ?? 0)) latest = record;
    }
    NextToken = page.NextToken;
  } while (NextToken);
  const { UpdateTime: at, UpdateSource } = latest ?? {};
  const by = UpdateSource?.Type === 'BATCH_UPDATE_FINDINGS' ? UpdateSource.Identity : undefined;
  return { ...(by === undefined ? {} : { by }), ...(at === undefined ? {} : { at }) };
};
