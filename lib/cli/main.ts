import { codeOf, mayPass, messageOf, sortError } from '../aws/errors.ts';
import { failureOf } from '../aws/failures.ts';
import { didYouMean } from '../support/nearest.ts';
import { runAs } from '../support/run-as.ts';
import { UserError } from '../support/user-error.ts';
import type { Command } from './command.ts';
import { endpointUrl } from './environment.ts';
import { forTerminal } from './output/for-terminal.ts';
import { usageText } from './usage.ts';
import { version } from './version.ts';

const commands: Readonly<Record<string, readonly [summary: string, load: () => Promise<Command>]>> =
  {
    local: [
      'start a local AWS, deploy Plumbline to it and play a tour',
      async () => (await import('./commands/local.ts')).local,
    ],
    scan: [
      'evaluate every resource once; nothing is deployed or changed',
      async () => (await import('./commands/scan/scan.ts')).scan,
    ],
    check: [
      'evaluate what templates declare, before it is deployed',
      async () => (await import('./commands/check/check.ts')).check,
    ],
    report: [
      'say how the requirements of a framework stand',
      async () => (await import('./commands/report/report.ts')).report,
    ],
    attest: [
      'write that somebody answers for a requirement, until a day',
      async () => (await import('./commands/attest/attest.ts')).attest,
    ],
    checklist: [
      'say which items of a checklist are done',
      async () => (await import('./commands/checklist/checklist.ts')).checklist,
    ],
    doctor: [
      'say where Plumbline is blind in this account and region',
      async () => (await import('./commands/doctor/doctor.ts')).doctor,
    ],
    plan: [
      'show what would be done about every failure',
      async () => (await import('./commands/plan.ts')).plan,
    ],
    patch: [
      'print what the owner of a resource changes in its template',
      async () => (await import('./commands/patch.ts')).patch,
    ],
    fix: ['put one failure right, with undo', async () => (await import('./commands/fix.ts')).fix],
    undo: ['take an action back', async () => (await import('./commands/undo.ts')).undo],
    actions: ['list what was done', async () => (await import('./commands/actions.ts')).actions],
    action: ['show one action', async () => (await import('./commands/action.ts')).action],
    exemptions: [
      'list, add, confirm and end exemptions',
      async () => (await import('./commands/exemptions.ts')).exemptions,
    ],
    breakers: [
      'list and close breakers, which limit actions',
      async () => (await import('./commands/breakers.ts')).breakers,
    ],
    rollouts: [
      'list fixes of hosts, which are tried on a few first; start one again',
      async () => (await import('./commands/rollouts.ts')).rollouts,
    ],
    remediation: [
      'turn all remediation off or on',
      async () => (await import('./commands/remediation.ts')).remediation,
    ],
    controls: ['list the catalogue', async () => (await import('./commands/controls.ts')).controls],
    explain: ['show one control', async () => (await import('./commands/explain.ts')).explain],
    uninstall: [
      'list what cdk destroy leaves',
      async () => (await import('./commands/uninstall.ts')).uninstall,
    ],
    'member-template': [
      'print what another account deploys that is governed too',
      async () => (await import('./commands/member-template.ts')).memberTemplate,
    ],
    documents: [
      'write the SSM documents for hosts',
      async () => (await import('./commands/documents.ts')).documents,
    ],
  };

const help = (): string => {
  const lines = Object.entries(commands).map(([name, [text]]) => `  ${name.padEnd(16)}${text}`);
  return usageText(`Usage: plumbline <command> [options]

Commands:
${lines.join('\n')}

  plumbline <command> --help    the options of a command
  plumbline --version`);
};

const run: Command = async ([name, ...rest]) => {
  if (name === 'help' && rest[0] !== undefined) return run([rest[0], '--help']);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    console.log(version());
    return 0;
  }
  const [, load] = commands[name] ?? [];
  if (load) return (await load())(rest);
  const hint = didYouMean(name, Object.keys(commands), `${runAs('--help')} lists them`);
  throw new UserError(`plumbline has no command ${name}; ${hint}`);
};

const isOfAws = (error: unknown) =>
  typeof error === 'object' && error !== null && '$metadata' in error;
const refusalOf = (error: unknown): string | undefined => {
  if (!isOfAws(error)) return undefined;
  if (sortError(error, {}).kind === 'denied') return `AWS refuses: ${messageOf(error)}`;
  if (mayPass(error)) return `AWS could not answer now (${codeOf(error)}): try again in a minute.`;
  return undefined;
};
const systemSentences: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'it may not be written or read by you',
  EROFS: 'the file system takes no changes',
  ENOENT: 'it is not there, and cannot be made',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
};
/** What the operating system refused, with the path. */
const systemFailureOf = (error: unknown): string | undefined => {
  const { code, path } = Object.assign({ code: '', path: undefined }, error);
  const why = systemSentences[code];
  return why === undefined ? undefined : `${path ?? 'a file'}: ${why} (${code}).`;
};
const sentenceOf = (error: unknown): string | undefined =>
  error instanceof UserError
    ? error.message
    : (failureOf(error, endpointUrl()) ?? refusalOf(error) ?? systemFailureOf(error));

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
export const main: Command = async (argv) => {
  skipMetadata();
  try {
    return await run(argv);
  } catch (error) {
    console.error(forTerminal(sentenceOf(error) ?? faultOf(error)));
    return 2;
  }
};
