import type { AwsSecurityFinding, BatchImportFindingsRequest } from '@aws-sdk/client-securityhub';
import type { DecodedCall } from '../endpoint/call.ts';
import { invalidInput, Refusal } from './refusal.ts';
import { faultOf } from './security-hub-format.ts';
import { checkCount, enabledAt, type Hub, type Output } from './security-hub-hub.ts';
import { customerFields } from './security-hub-merge.ts';
import type { SecurityHubStore } from './security-hub-store.ts';

const maxFindingBytes = 240 * 1024;
const maxCallBytes = 6 * 1024 * 1024;

/** BatchImportFindings. */
export const importFindings = (hub: Hub, call: DecodedCall): Output => {
  enabledAt(hub);
  const { Findings: findings = [] } = call.input as Partial<BatchImportFindingsRequest>;
  checkCount('Findings', findings);
  if (call.body.length > maxCallBytes) throw invalidInput('The request is larger than 6 MB');
  for (const finding of findings) checkOwner(hub, call, finding);
  const failed = findings.flatMap((finding) => {
    const fault = sizeFault(finding) ?? formatFault(finding);
    if (fault === undefined) {
      warnOfCustomerFields(hub.store, finding);
      hub.store.import(finding);
      return [];
    }
    hub.store.refuse(`finding ${finding.Id}: ${fault}`);
    return [{ Id: finding.Id ?? '', ErrorCode: 'InvalidInput', ErrorMessage: fault }];
  });
  return {
    FailedCount: failed.length,
    SuccessCount: findings.length - failed.length,
    FailedFindings: failed,
  };
};

// Security Hub denies the whole call when a finding is of another account, or its product's ARN of another
// account or region: https://github.com/prowler-cloud/prowler/issues/867 and /618.
const checkOwner = (hub: Hub, call: DecodedCall, finding: AwsSecurityFinding) => {
  const product = `arn:aws:securityhub:${call.region}:${hub.account}:product/${hub.account}/default`;
  if (finding.ProductArn === product && finding.AwsAccountId === hub.account) return;
  if (!finding.ProductArn || !finding.AwsAccountId) return;
  throw new Refusal(
    'AccessDeniedException',
    403,
    `User: ${hub.callerArn(call)} is not authorized to perform: securityhub:BatchImportFindings on resource: ${finding.ProductArn}`,
  );
};

const sizeFault = (finding: AwsSecurityFinding) =>
  Buffer.byteLength(JSON.stringify(finding)) > maxFindingBytes
    ? 'Finding size exceeded 240 KB'
    : undefined;
const formatFault = (finding: AwsSecurityFinding) => {
  const fault = faultOf(finding);
  return fault && `Finding does not adhere to Amazon Finding Format. ${fault}.`;
};

// Security Hub ignores these without a word; whoever sends them believes otherwise.
const warnOfCustomerFields = (store: SecurityHubStore, finding: AwsSecurityFinding) => {
  const before = store.find(finding);
  const ignored = customerFields.filter(
    (name) =>
      before && finding[name] && JSON.stringify(finding[name]) !== JSON.stringify(before[name]),
  );
  if (ignored.length > 0)
    store.refuse(`finding ${finding.Id}: an import cannot change ${ignored.join(', ')}`);
};
