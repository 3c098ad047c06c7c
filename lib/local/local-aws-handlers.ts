import type { Deployment } from './deploy/deploy.ts';
import type { Mapping } from './lambda/runner.ts';
import type { LocalFunction } from './lambda/runner-process.ts';

export interface HandlerOptions {
  /**
   * After how many seconds the handlers trust a read; 0 loses what happens in the second of a read, as CloudTrail
   * tells no parts of seconds.
   * @default - as each resource type says
   */
  readonly settlesAfterSeconds?: number;
  /** How many seconds a host has to boot before it is looked for. @default - as deployed, two minutes */
  readonly hostsBootInSeconds?: number;
  /** Handlers, such as `remediate`, whose queues nobody reads: whoever says so takes the messages. @default - none */
  readonly unattended?: readonly string[];
}

const isOf = (handler: string, name: string) => handler.split('.')[0] === name;

/** The deployment as the handlers are to run: read by whom, and trusting reads when. */
export const asAsked = (
  deployment: Deployment,
  { settlesAfterSeconds, hostsBootInSeconds, unattended = [] }: HandlerOptions,
): Deployment => {
  const patience = ({ handler }: LocalFunction) =>
    isOf(handler, 'audit-hosts')
      ? (hostsBootInSeconds ?? settlesAfterSeconds)
      : settlesAfterSeconds;
  const functions = deployment.functions.map((each) => ({
    ...each,
    environment: {
      ...each.environment,
      ...(patience(each) !== undefined && { SETTLES_AFTER_SECONDS: String(patience(each)) }),
    },
  }));
  const left = functions.filter(({ handler }) => unattended.some((name) => isOf(handler, name)));
  const isRead = ({ functionName }: Mapping) => !left.some(({ name }) => name === functionName);
  return { ...deployment, functions, mappings: deployment.mappings.filter(isRead) };
};
