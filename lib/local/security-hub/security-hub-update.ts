import type {
  BatchUpdateFindingsRequest,
  UpdateFindingsRequest,
} from '@aws-sdk/client-securityhub';
import type { DecodedCall } from '../endpoint/call.ts';
import { invalidInput } from './refusal.ts';
import { faultOfFilters, matches } from './security-hub-filters.ts';
import { faultOfUpdate } from './security-hub-format.ts';
import { checkCount, enabledAt, type Hub, type Output, shows } from './security-hub-hub.ts';
import type { Identifier } from './security-hub-store.ts';

/** BatchUpdateFindings. */
export const updateFindings = (hub: Hub, call: DecodedCall): Output => {
  enabledAt(hub);
  const { FindingIdentifiers: identifiers = [], ...change } =
    call.input as Partial<BatchUpdateFindingsRequest>;
  checkCount('FindingIdentifiers', identifiers);
  const fault = faultOfUpdate(change);
  if (fault) throw invalidInput(`Invalid parameter: ${fault}`);
  const outcomes = identifiers.map((identifier, index) => {
    const same = ({ Id, ProductArn }: Identifier) =>
      Id === identifier.Id && ProductArn === identifier.ProductArn;
    if (identifiers.findIndex(same) < index)
      return unprocessed(
        identifier,
        'DuplicatedFindingIdentifier',
        'Finding Identifier is duplicated',
      );
    return shows(hub, identifier.ProductArn) &&
      hub.store.update(identifier, change, hub.callerArn(call))
      ? { FindingIdentifier: identifier }
      : unprocessed(identifier, 'FindingNotFound', 'Finding Not Found');
  });
  return {
    ProcessedFindings: outcomes.flatMap((outcome) =>
      'ErrorCode' in outcome ? [] : [outcome.FindingIdentifier],
    ),
    UnprocessedFindings: outcomes.filter((outcome) => 'ErrorCode' in outcome),
  };
};

const unprocessed = (identifier: Identifier, ErrorCode: string, ErrorMessage: string) => ({
  FindingIdentifier: identifier,
  ErrorCode,
  ErrorMessage,
});

/**
 * UpdateFindings, which alone lets others than the provider archive findings.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_UpdateFindings.html
 */
export const archiveFindings = (hub: Hub, call: DecodedCall): Output => {
  enabledAt(hub);
  const { Filters = {}, RecordState, Note } = call.input as Partial<UpdateFindingsRequest>;
  const fault = faultOfFilters(Filters);
  if (fault) throw invalidInput(`Invalid parameter 'Filters': ${fault}`);
  if (RecordState !== undefined && RecordState !== 'ACTIVE' && RecordState !== 'ARCHIVED')
    throw invalidInput(`Invalid parameter 'RecordState': ${RecordState}`);
  const change = {
    ...(RecordState === undefined ? {} : { RecordState }),
    ...(Note === undefined ? {} : { Note }),
  };
  for (const finding of hub.store.findings)
    if (shows(hub, finding.ProductArn) && matches(finding, Filters, hub.store.now()))
      hub.store.update(finding, change, hub.callerArn(call));
  return {};
};
