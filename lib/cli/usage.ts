import { columnsOf, widthOf, wrap } from '../reports/wrap.ts';
import { runAs } from '../support/run-as.ts';

/** Wider lines are hard to read, however wide the terminal is. */
const mostColumns = 100;

interface Option {
  readonly name: string;
  readonly text: string;
}
type Part = { readonly option: Option } | { readonly text: string };

const optionLine = /^ {2}((?:--|<)\S+(?: <[^>]+>)?) {2,}(\S.*)$/;
/** Paragraphs and options, each whole, whatever the lines they were written in. */
const partsOf = (usage: string): readonly Part[] => {
  const parts: Part[] = [];
  for (const line of usage.split('\n')) {
    const [, name, text = ''] = optionLine.exec(line) ?? [];
    const last = parts.at(-1);
    if (name !== undefined) parts.push({ option: { name, text } });
    else if (last && 'option' in last && /^ {10,}\S/.test(line)) {
      const { option } = last;
      parts[parts.length - 1] = { option: { ...option, text: `${option.text} ${line.trim()}` } };
    } else if (
      last &&
      'text' in last &&
      /^\S/.test(last.text) &&
      /^\S/.test(line) &&
      !/^(Usage|Exit code|Example):/.test(line)
    )
      parts[parts.length - 1] = { text: `${last.text} ${line}` };
    else parts.push({ text: line });
  }
  return parts;
};

/**
 * The help of a command for a terminal of so many columns, with its commands as they are run here: `Usage: plumbline scan`
 * and `Example: plumbline scan`.
 */
export const usageText = (usage: string, columns = columnsOf(process.stdout)): string => {
  const width = Math.min(columns ?? mostColumns, mostColumns);
  const parts = partsOf(usage);
  const names = parts.flatMap((part) => ('option' in part ? [widthOf(part.option.name)] : []));
  const indent = 2 + Math.max(0, ...names) + 2;
  const lines = parts.flatMap((part) => {
    if ('text' in part)
      return /^\S/.test(part.text) && !/^(Usage|Example):/.test(part.text)
        ? wrap(part.text, width)
        : [part.text];
    const { name, text } = part.option;
    const [first = '', ...rest] = wrap(text, Math.max(20, width - indent));
    return [
      `  ${name.padEnd(indent - 2)}${first}`,
      ...rest.map((line) => ' '.repeat(indent) + line),
    ];
  });
  return lines
    .join('\n')
    .replaceAll(/^(Usage: | +|Example: )plumbline /gm, (_, before: string) => before + runAs(''));
};
