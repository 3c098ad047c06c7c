import type { BatchUpdateFindingsRequest } from '@aws-sdk/client-securityhub';
import type { DecodedCall } from '../endpoint/call.ts';
import { invalidInput } from './refusal.ts';
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
