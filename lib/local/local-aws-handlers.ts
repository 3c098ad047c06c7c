import type { Deployment } from './deploy.ts';
import type { Mapping } from './runner.ts';

export interface HandlerOptions {
  /**
   * After how many seconds the handlers trust a read; 0 loses what happens in the second of a read, as CloudTrail
   * tells no parts of seconds.
   * @default - as each resource type says
   */
  readonly settlesAfterSeconds?: number;
  /** Handlers, such as `remediate`, whose queues nobody reads: whoever says so takes the messages. @default - none */
  readonly unattended?: readonly string[];
}

/** The deployment as the handlers are to run: read by whom, and trusting reads when. */
export const asAsked = (
  deployment: Deployment,
  { settlesAfterSeconds, unattended = [] }: HandlerOptions,
): Deployment => {
  const functions = deployment.functions.map((each) => ({
    ...each,
    environment: {
      ...each.environment,
      ...(settlesAfterSeconds !== undefined && {
        SETTLES_AFTER_SECONDS: String(settlesAfterSeconds),
      }),
    },
  }));
  const left = functions.filter(({ handler }) => unattended.includes(handler.split('.')[0] ?? ''));
  const isRead = ({ functionName }: Mapping) => !left.some(({ name }) => name === functionName);
  return { ...deployment, functions, mappings: deployment.mappings.filter(isRead) };
};
