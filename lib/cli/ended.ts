import { codeOf, mayPass, messageOf, sortError } from '../aws/errors.ts';
import { failureOf } from '../aws/failures.ts';
import { whyNotWritten } from '../support/file-failures.ts';
import { UserError } from '../support/user-error.ts';
import type { ExitCode } from './command.ts';
import { endpointUrl } from './environment.ts';
import { forTerminal } from './output/for-terminal.ts';

const isOfAws = (error: unknown) =>
  typeof error === 'object' && error !== null && '$metadata' in error;
const refusalOf = (error: unknown): string | undefined => {
  if (!isOfAws(error)) return undefined;
  if (sortError(error, {}).kind === 'denied') return `AWS refuses: ${messageOf(error)}`;
  if (mayPass(error)) return `AWS could not answer now (${codeOf(error)}): try again in a minute.`;
  return undefined;
};
/** What the operating system refused, with the path. */
const systemFailureOf = (error: unknown): string | undefined => {
  const { path } = Object.assign({ path: undefined }, error);
  const why = whyNotWritten(error);
  return why === undefined ? undefined : `${path ?? 'a file'}: ${why}`;
};
const sentenceOf = (error: unknown): string | undefined =>
  error instanceof UserError
    ? error.message
    : (failureOf(error, endpointUrl()) ?? refusalOf(error) ?? systemFailureOf(error));

/** A package that an update asks for, and that nobody installed. */
const missingPackage = (error: unknown): string | undefined => {
  const { code } = Object.assign({ code: '' }, error);
  const [, name] =
    /^Cannot find package '([^']+)'/.exec(
      code === 'ERR_MODULE_NOT_FOUND' ? messageOf(error) : '',
    ) ?? [];
  return name === undefined ? undefined : `The package ${name} is not installed: run npm ci.`;
};

/** A fault of Plumbline itself: the stack is for whoever reports it. */
const faultOf = (error: unknown): string => {
  const isTraced = process.env['PLUMBLINE_TRACE'] === '1';
  const stack = error instanceof Error ? error.stack : undefined;
  if (isTraced && stack !== undefined) return stack;
  return `This is a fault of Plumbline: ${messageOf(error)}. Set PLUMBLINE_TRACE=1 to see where, and report it.`;
};

/** An endpoint of this machine has no instance metadata; the SDK would look for it for ten seconds. */
const skipMetadata = (): void => {
  const endpoint = endpointUrl();
  if (endpoint === undefined || !URL.canParse(endpoint)) return;
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(endpoint).hostname))
    process.env['AWS_EC2_METADATA_DISABLED'] ??= 'true';
};

/** Runs a command. What a person can put right is one sentence. */
export const ended = async (run: () => Promise<ExitCode>): Promise<ExitCode> => {
  skipMetadata();
  try {
    return await run();
  } catch (error) {
    console.error(forTerminal(sentenceOf(error) ?? missingPackage(error) ?? faultOf(error)));
    return 2;
  }
};
