// Control characters but the newline, what turns the direction of writing or shows as nothing, and other ends of lines.
const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
 * GitHub's runner takes a line for a command that begins with `::` behind spaces, or has `##[` anywhere
 * (https://github.com/actions/runner, ActionCommand.cs); Azure Pipelines one that has `##vso[`.
 */
const command = /^([^\S\n]*):(?=:)|##(?=\w{0,20}\[)/gm;

/** A text with words of somebody else for a terminal or the log of a pipeline: it gives neither of them a command. */
export const harmless = (text: string): string =>
  text
    .replace(unseen, '?')
    .replace(command, (_, before?: string) => (before === undefined ? '#?' : `${before}?`));
