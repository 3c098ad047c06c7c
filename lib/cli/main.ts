import { sortError } from '../aws/errors.ts';
import { failureOf } from '../aws/failures.ts';
import { nearest } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import type { Command } from './command.ts';
import { endpointUrl } from './environment.ts';
import { version } from './version.ts';

const commands: Readonly<Record<string, readonly [summary: string, load: () => Promise<Command>]>> =
  {
    local: [
      'start a local AWS, deploy Plumbline to it and play a tour',
      async () => (await import('./commands/local.ts')).local,
    ],
    scan: [
      'judge every resource once; nothing is deployed or changed',
      async () => (await import('./commands/scan.ts')).scan,
    ],
    doctor: [
      'say where Plumbline is blind in this account and region',
      async () => (await import('./commands/doctor/doctor.ts')).doctor,
    ],
    plan: [
      'show what would be done about every failure',
      async () => (await import('./commands/plan.ts')).plan,
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
    documents: [
      'write the SSM documents for hosts',
      async () => (await import('./commands/documents.ts')).documents,
    ],
  };

const help = (): string => {
  const lines = Object.entries(commands).map(([name, [text]]) => `  ${name.padEnd(13)}${text}`);
  return `Usage: plumbline <command> [options]

Commands:
${lines.join('\n')}

  plumbline <command> --help    the options of a command
  plumbline --version`;
};

const run: Command = async ([name, ...rest]) => {
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
  const near = nearest(name, Object.keys(commands));
  throw new UserError(
    `plumbline has no command ${name}; ${near ? `did you mean ${near}?` : 'see plumbline --help'}`,
  );
};

const deniedOf = (error: unknown): string | undefined => {
  const sorted = sortError(error, {});
  return sorted.kind === 'denied' ? `AWS refuses: ${sorted.message}` : undefined;
};
const sentenceOf = (error: unknown): string | undefined =>
  error instanceof UserError ? error.message : (failureOf(error, endpointUrl()) ?? deniedOf(error));

/** Runs a command; what a person can put right is one sentence, a fault of ours keeps its stack. */
export const main: Command = async (argv) => {
  try {
    return await run(argv);
  } catch (error) {
    console.error(sentenceOf(error) ?? error);
    return 2;
  }
};
