// Control characters but the newline, what turns the direction of writing or shows as nothing, and other ends of lines.
const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
 * What begins a command in the log of a pipeline wherever it stands in a line: `##[` for GitHub's runner
 * (https://github.com/actions/runner, ActionCommand.cs), `##vso[` for Azure Pipelines.
 */
export const commandAnywhere = /##(?=\w{0,20}\[)/g;
/** GitHub's runner also takes a line for one that begins with `::` behind spaces. */
const command = new RegExp(`^([^\\S\\n]*):(?=:)|${commandAnywhere.source}`, 'gm');

/** A text with words of somebody else for a terminal or the log of a pipeline: it gives neither of them a command. */
export const harmless = (text: string): string =>
  text
    .replace(unseen, '?')
    .replace(command, (_, before?: string) => (before === undefined ? '#?' : `${before}?`));
