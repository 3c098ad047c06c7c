import { createHash } from 'node:crypto';
import type { SendCommandRequest, SSM } from '@aws-sdk/client-ssm';
import type { EventBus } from '../../lib/local/events/event-bus.ts';
import type { Nodes } from '../../lib/local/hosts/fleet.ts';
import { type Command, commandOf } from '../../lib/local/hosts/ssm-commands.ts';
import { type ComplianceItems, putItems } from '../../lib/local/hosts/ssm-compliance.ts';
import { describeInstances } from '../../lib/local/hosts/ssm-instances.ts';
import { getInvocation } from '../../lib/local/hosts/ssm-invocations.ts';
import { runCommand } from '../../lib/local/hosts/ssm-run.ts';
import { Refusal } from '../../lib/local/security-hub/refusal.ts';
import type { Where } from '../../lib/model/resource-type.ts';

export interface LocalSsm {
  readonly fleet: Nodes;
  /** Whose Systems Manager it is. */
  readonly where: Where;
  readonly commands: Map<string, Command>;
  readonly compliance: ComplianceItems;
  /** Documents as they are kept, by name. */
  readonly contents: ReadonlyMap<string, unknown>;
  readonly bus: EventBus;
  /** Told of each SendCommand before anything is looked up. */
  readonly onSend: (request: SendCommandRequest) => void;
  readonly onSent: (request: SendCommandRequest) => void;
  /** Awaited before PutComplianceItems does its work. */
  readonly onPut: () => Promise<unknown>;
  readonly onRun: (run: Promise<void>) => void;
}

/** An error as the SDK throws it. */
const asSdk = <T>(answer: () => T): T => {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw Object.assign(new Error(error.message), { name: error.code });
  }
};

/** The local Systems Manager, called as a client without a wire between. */
export const localSsm = (options: LocalSsm): SSM => {
  const { fleet, commands, compliance, contents, bus, where } = options;
  const { account, region } = where;
  const kept = {
    getDocument: async ({ Name = '' }) => ({
      Content: JSON.stringify(contents.get(Name)),
      DocumentVersion: '3',
    }),
  } as unknown as SSM;
  return {
    ...kept,
    describeDocument: async ({ Name = '' }) => ({
      Document: {
        Hash: createHash('sha256')
          .update(JSON.stringify(contents.get(Name)))
          .digest('hex'),
      },
    }),
    describeInstanceInformation: async (input: object) =>
      asSdk(() => describeInstances(fleet, input)),
    getCommandInvocation: async (input: object) =>
      asSdk(() => getInvocation(commands, input as never)),
    putComplianceItems: async (input: object) => {
      await options.onPut();
      return asSdk(() => putItems(compliance, fleet, input as never));
    },
    sendCommand: async (request: SendCommandRequest) => {
      options.onSend(request);
      const command = await commandOf(request, { fleet, ssm: kept, account }).catch((error) =>
        asSdk(() => {
          throw error;
        }),
      );
      options.onSent(request);
      commands.set(command.id, command);
      options.onRun(runCommand(command, { fleet, account, region, bus }));
      return { Command: { CommandId: command.id } };
    },
  } as unknown as SSM;
};
