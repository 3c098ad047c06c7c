import type { AwsSecurityFinding, GetFindingsRequest } from '@aws-sdk/client-securityhub';
import type { DecodedCall } from '../endpoint/call.ts';
import { invalidInput } from './refusal.ts';
import { faultOfFilters, matches, sortKey } from './security-hub-filters.ts';
import { enabledAt, type Hub, type Output, shows } from './security-hub-hub.ts';

/** GetFindings. */
export const getFindings = (hub: Hub, call: DecodedCall): Output => {
  enabledAt(hub);
  const request = call.input as GetFindingsRequest;
  const { Filters = {}, MaxResults = 10, NextToken } = request;
  if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > 100)
    throw invalidInput(`Invalid parameter 'MaxResults': ${MaxResults}, allowed are 1 to 100`);
  const fault = faultOfFilters(Filters);
  if (fault) throw invalidInput(`Invalid parameter 'Filters': ${fault}`);
  const now = hub.store.now();
  const found = hub.store.findings.filter(
    (finding) => shows(hub, finding.ProductArn) && matches(finding, Filters, now),
  );
  const sorted = sort(found, request.SortCriteria ?? []);
  const from = offsetOf(NextToken, request);
  const to = from + MaxResults;
  return {
    Findings: sorted.slice(from, to),
    ...(to < sorted.length && { NextToken: tokenFor(to, request) }),
  };
};

const sort = (
  findings: readonly AwsSecurityFinding[],
  criteria: NonNullable<GetFindingsRequest['SortCriteria']>,
) =>
  findings.toSorted((a, b) => {
    for (const { Field = '', SortOrder } of criteria) {
      const [x, y] = [sortKey(a, Field), sortKey(b, Field)];
      if (x !== y) return x < y === (SortOrder !== 'desc') ? -1 : 1;
    }
    return 0;
  });

// A token continues the query that gave it, and no other.
const queryOf = ({ Filters, SortCriteria }: GetFindingsRequest) =>
  JSON.stringify([Filters, SortCriteria]);
const tokenFor = (offset: number, request: GetFindingsRequest) =>
  Buffer.from(JSON.stringify([offset, queryOf(request)])).toString('base64url');
const offsetOf = (token: string | undefined, request: GetFindingsRequest): number => {
  if (token === undefined) return 0;
  try {
    const [offset, query] = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (query === queryOf(request)) return offset;
  } catch {}
  throw invalidInput("Invalid parameter 'NextToken'");
};
