import { namedIn } from '../support/named-in.ts';
import { didYouMean } from '../support/nearest.ts';
import { runAs } from '../support/run-as.ts';
import { UserError } from '../support/user-error.ts';
import type { Command } from './command.ts';
import { ended } from './ended.ts';
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
      'record that a person attests a requirement until a day',
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
      'print what to change in the template of a resource',
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
    estimate: [
      'what an installation costs a month',
      async () => (await import('./commands/estimate.ts')).estimateCosts,
    ],
    uninstall: [
      'list what cdk destroy leaves',
      async () => (await import('./commands/uninstall/uninstall.ts')).uninstall,
    ],
    'member-template': [
      'print the template for another account that is governed',
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
  const [, load] = namedIn(commands, name) ?? [];
  if (load) return (await load())(rest);
  const hint = didYouMean(name, Object.keys(commands), `${runAs('--help')} lists them`);
  throw new UserError(`plumbline has no command ${name}; ${hint}`);
};

/** Runs a command. What a person can put right is one sentence. */
export const main: Command = (argv) => ended(() => run(argv));
