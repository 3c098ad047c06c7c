import type { GetFindingHistoryRequest } from '@aws-sdk/client-securityhub';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import { invalidInput, Refusal } from './refusal.ts';
import { createAction, deleteAction, describeActions } from './security-hub-actions.ts';
import { enabledAt, type Hub, type Output } from './security-hub-hub.ts';
import { importFindings } from './security-hub-import.ts';
import { getFindings } from './security-hub-query.ts';
import { archiveFindings, updateFindings } from './security-hub-update.ts';

const hubArn = (hub: Hub, call: DecodedCall) =>
  `arn:aws:securityhub:${call.region}:${hub.account}:hub/default`;

const enable = (hub: Hub): Output => {
  if (hub.store.enabledAt)
    throw new Refusal(
      'ResourceConflictException',
      409,
      `Account ${hub.account} is already subscribed to AWS Security Hub`,
    );
  hub.store.enable();
  return {};
};

const describe = (hub: Hub, call: DecodedCall): Output => ({
  SubscribedAt: enabledAt(hub).toISOString(),
  HubArn: hubArn(hub, call),
  AutoEnableControls: true,
  ControlFindingGenerator: 'SECURITY_CONTROL',
});

const disable = (hub: Hub): Output => {
  enabledAt(hub);
  hub.store.disable();
  return {};
};

/** GetFindingHistory, as far as the workflow goes; all of it in one page. */
const history = (hub: Hub, call: DecodedCall): Output => {
  enabledAt(hub);
  const { FindingIdentifier = {} } = call.input as Partial<GetFindingHistoryRequest>;
  return { Records: hub.store.historyOf(FindingIdentifier) };
};

const operations: Readonly<Record<string, (hub: Hub, call: DecodedCall) => Output>> = {
  EnableSecurityHub: enable,
  DescribeHub: describe,
  DisableSecurityHub: disable,
  CreateActionTarget: createAction,
  DescribeActionTargets: describeActions,
  DeleteActionTarget: deleteAction,
  BatchImportFindings: importFindings,
  GetFindings: getFindings,
  GetFindingHistory: history,
  BatchUpdateFindings: updateFindings,
  UpdateFindings: archiveFindings,
};

/** Security Hub as AWS's, rules and all, in place of moto's: what it does not do it refuses. */
export const securityHub =
  (hub: Hub): Before =>
  (call) => {
    if (call.service !== 'securityhub') return undefined;
    const operation = operations[call.operation];
    try {
      if (!operation) throw invalidInput(`the local Security Hub does not know ${call.operation}`);
      return okAnswer(call, operation(hub, call));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      hub.store.refuse(`${call.operation}: ${error.message}`);
      const { code, message, status } = error;
      return errorAnswer(call, { code, message, status });
    }
  };
