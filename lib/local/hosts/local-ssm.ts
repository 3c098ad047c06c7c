import type {
  GetCommandInvocationRequest,
  PutComplianceItemsRequest,
  SendCommandRequest,
  SSM,
} from '@aws-sdk/client-ssm';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';
import type { EventBus } from '../events/event-bus.ts';
import { Refusal } from '../security-hub/refusal.ts';
import type { Nodes } from './fleet.ts';
import { type Command, commandOf } from './ssm-commands.ts';
import {
  type ComplianceItems,
  listItems,
  putItems,
  summaries,
  tellCompliance,
} from './ssm-compliance.ts';
import { describeInstances } from './ssm-instances.ts';
import { getInvocation, listInvocations } from './ssm-invocations.ts';
import { runCommand } from './ssm-run.ts';

export interface LocalSsmOptions {
  readonly fleet: Nodes;
  readonly account: string;
  readonly region: string;
  readonly bus: EventBus;
  /** A client of moto itself, which keeps the documents. */
  readonly ssm: SSM;
  /** Told of a command that could not be run to its end. */
  readonly onError: (error: unknown) => void;
}

/** Systems Manager for the hosts of a fleet: commands run on them as an agent runs them. */
export const localSsm = (options: LocalSsmOptions): Before => {
  const { fleet, onError } = options;
  const commands = new Map<string, Command>();
  const compliance: ComplianceItems = new Map();
  const send = async (call: DecodedCall) => {
    const command = await commandOf(call.input as Partial<SendCommandRequest>, options);
    commands.set(command.id, command);
    const answer = { Command: summaryOf(command) };
    runCommand(command, options).catch(onError);
    return answer;
  };
  const operations: Readonly<Record<string, (call: DecodedCall) => Fields | Promise<Fields>>> = {
    DescribeInstanceInformation: ({ input }) => describeInstances(fleet, input),
    GetCommandInvocation: ({ input }) =>
      getInvocation(commands, input as Partial<GetCommandInvocationRequest>),
    ListCommandInvocations: ({ input }) => listInvocations(commands, input),
    ListComplianceItems: ({ input }) => listItems(compliance, input),
    ListResourceComplianceSummaries: ({ input }) => summaries(compliance, input),
    PutComplianceItems: async ({ input }) => {
      const request: Partial<PutComplianceItemsRequest> = input;
      const answer = putItems(compliance, fleet, request);
      await tellCompliance(compliance, request, options);
      return answer;
    },
    SendCommand: send,
  };
  return async (call) => {
    const operation = call.service === 'ssm' ? operations[call.operation] : undefined;
    if (!operation) return undefined;
    try {
      return okAnswer(call, await operation(call));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, status } = error;
      return errorAnswer(call, { code, message, status });
    }
  };
};

const summaryOf = (command: Command) => ({
  CommandId: command.id,
  DocumentName: command.document.name,
  DocumentVersion: command.document.version,
  Comment: command.comment,
  ExpiresAfter: command.expiresAt,
  Parameters: command.given,
  InstanceIds: command.invocations.map(({ instanceId }) => instanceId),
  RequestedDateTime: command.requestedAt,
  Status: 'Pending',
  StatusDetails: 'Pending',
  TargetCount: command.invocations.length,
  CompletedCount: 0,
  ErrorCount: 0,
});
