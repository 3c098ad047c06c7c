import { commandsIn } from './commands.ts';

const shells = '(?:ba|z|da|k|a|c|fi)?sh|pwsh|python[\\d.]*|perl|ruby|node|php';
/** HTTPie is called as its addresses begin. */
const fetchers = '(?:curl|wget|fetch|aria2c|(?:https?|xhs?)(?=\\s))';
/** What stands before a shell that something is piped into: `sudo -E`, `env A=1`, `xargs -0`. */
const launching =
  '(?:(?:(?:/\\w+){0,3}/?(?:sudo|env|exec|nice|nohup|xargs|command|busybox)|-[uC]\\s+\\S+|-[\\w-]+|\\w+=\\S*|(?:timeout|chroot)\\s+\\S+)\\s+){0,6}';
const part = '(?:[^|;&\\n]|(?<!&)&(?!&))';
const substituted = '(?:<{1,3}\\s*)?["\']?(?:\\$\\(|`|<\\()\\s*';
const powershell =
  '(?:iwr|irm|curl|wget|Invoke-WebRequest|Invoke-RestMethod|Net\\.WebClient|DownloadString)';

/** What is fetched and given to what runs it. */
const given = [
  new RegExp(
    `\\b${fetchers}\\b${part}{0,2000}\\|&?(?:${part}{0,500}\\|&?){0,4}\\s*${launching}(?:/\\w+){0,4}/?(?:${shells})(?:\\s|$|["';&|)])`,
  ),
  new RegExp(
    `\\b(?:${shells})\\s+(?:-[\\w-]+\\s+(?:pipefail\\s+)?){0,4}${substituted}${fetchers}\\b`,
  ),
  new RegExp(`(?:^|[\\s;&])(?:\\.|source|eval)\\s+${substituted}${fetchers}\\b`),
  new RegExp(`\\b${powershell}\\b[^|;\\n]{0,2000}\\|\\s*(?:iex|Invoke-Expression)\\b`, 'i'),
  new RegExp(`\\b(?:iex|Invoke-Expression)\\b[^|;\\n]{0,500}\\b${powershell}\\b`, 'i'),
];

const nameOf = (path: string): string =>
  path
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1) ?? '';
const isFetcher = /^(?:\/\w+)*\/?(?:curl|wget|fetch|aria2c|https?|xhs?)$/;
const isShell = new RegExp(`^(?:/\\w+)*/?(?:${shells}|source|\\.)$`);
/** What compares a file with what it should be. */
const compares =
  /\b(?:sha\d*sum|shasum|b2sum|gpgv|minisign|Get-FileHash)\b|--verify\b|\bcosign\s+verify|\bopenssl\s+dgst/i;

/** The names of the files that a program fetches into: as it is told, else as the address ends. */
const filesOf = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, index) => {
    const last = words[index - 1] ?? '';
    const isTarget = /^(?:-\w*[oO]|--output|--output-document|\d?>)$/.test(last);
    const [, joined] = /^(?:--output(?:-document)?=|\d?>)(.+)$/.exec(word) ?? [];
    if (joined !== undefined) return [nameOf(joined)];
    return isTarget || /^\w+:\/\//.test(word) ? [nameOf(word)] : [];
  });

/** The file that a program runs, where a shell is given it, or its path is. */
const ranBy = ([program = '', ...words]: readonly string[]): string | undefined => {
  if (!isShell.test(program)) return program.includes('/') ? nameOf(program) : undefined;
  const file = words.find((word) => !/^[-+<>]/.test(word));
  return file === undefined ? undefined : nameOf(file);
};

/** Whether a file is fetched and then run, and nothing looks at it between the two. */
const runsItsFiles = (script: string): boolean => {
  const fetched = new Set<string>();
  for (const words of commandsIn(script)) {
    if (compares.test(words.join(' '))) fetched.clear();
    const ran = ranBy(words);
    if (ran !== undefined && ran !== '' && fetched.has(ran)) return true;
    if (isFetcher.test(words[0] ?? '')) for (const file of filesOf(words)) fetched.add(file);
  }
  return false;
};

/** Whether a script runs what it fetches without anything having looked at it. */
export const runsWhatItFetches = (script: string): boolean =>
  given.some((one) => one.test(script)) || runsItsFiles(script);
