import { runAs } from '../../support/run-as.ts';
import type { Changed } from './compare.ts';
import type { Recorded } from './record.ts';

/** A failure with what a person does about it: the command that puts it right or shows how, else advice alone. */
export interface ToDo extends Changed {
  readonly advice: string;
  readonly command?: string;
}

/** How many are said to be first. */
const mostFirst = 20;

const isAccount = (text: string): boolean => /^\d{12}$/.test(text);
// Whoever may name a resource or a file must not write a command of somebody else's shell, nor an option of ours.
const isPlain = (text: string): boolean => /^[\w:/.@=,+][\w:/.@=,+-]{0,999}$/.test(text);

/**
 * What is run about a failure: of what an installation plans itself, the command that has it do so; of what is declared, the
 * one that prints the patch; else the one that shows the calls.
 */
const commandFor = (
  { control, arn, account, region, file, canFix }: Changed,
  { stack, hub }: Pick<Recorded, 'stack' | 'hub'>,
  isPlanned: (control: string) => boolean,
): string | undefined => {
  if (file !== undefined)
    return isPlain(file) ? runAs(`check ${file} --control ${control} --patch`) : undefined;
  if (!isPlain(arn) || !isPlain(region)) return undefined;
  if (canFix) {
    const named = stack === undefined || stack === 'Plumbline' ? '' : ` --stack ${stack}`;
    return isPlain(stack ?? 'Plumbline') ? runAs(`fix ${arn} ${control}${named}`) : undefined;
  }
  if (!isPlanned(control)) return undefined;
  const plan = `plan --resource ${arn} --control ${control} --region ${region}`;
  if (hub === undefined) return runAs(plan);
  return isAccount(account) ? runAs(`${plan} --account ${account}`) : undefined;
};

/** What to do first, each with what is run about it. */
export const firstOf = (
  failures: readonly Changed[],
  scans: readonly Recorded[],
  about: (control: string) => { readonly advice: string },
  isPlanned: (control: string) => boolean,
): readonly ToDo[] =>
  failures.slice(0, mostFirst).map((failure) => {
    const scan = scans.find(({ account, at }) => account === failure.account && at === failure.at);
    const command = commandFor(failure, scan ?? {}, isPlanned);
    return {
      ...failure,
      advice: about(failure.control).advice,
      ...(command === undefined ? {} : { command }),
    };
  });
