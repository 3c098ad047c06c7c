import type { DockerInstruction } from '../model/dockerfile.ts';
import type { Written } from '../model/repair.ts';

/** Whether words can be put behind the last command of an instruction that a shell is given. */
const canBeContinued = ({ source }: DockerInstruction): boolean =>
  !/^\s*RUN\s+(?:--\S+\s+)*\[/i.test(source) && !/[;&|\\]\s*$|#|<</.test(source);

const continued = (source: string, command: string): string => {
  const lines = source.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  if (lines.length === 1) return `${last} && ${command}`;
  const indent = /^\s*/.exec(last)?.[0] ?? '';
  return [...lines.slice(0, -1), `${last} \\`, `${indent}&& ${command}`].join('\n');
};

/** Options that keep packages from being cached, behind the verb that they belong to. */
const options: readonly (readonly [verb: RegExp, option: string])[] = [
  [/\bapk(?:\s+-[\w-]+)*\s+add\b(?![^&|;]*--no-cache)/g, '--no-cache'],
  [/\bpip[\d.]*(?:\s+-[\w-]+)*\s+install\b(?![^&|;]*--no-cache-dir)/g, '--no-cache-dir'],
];
/** What takes a cache away, by the program that leaves it. */
const cleaning: readonly (readonly [program: RegExp, command: string])[] = [
  [/\b(?:apt|apt-get|aptitude)\s(?:[^&|;]*\s)?install\b/, 'rm -rf /var/lib/apt/lists/*'],
  ...['microdnf', 'tdnf', 'dnf', 'yum', 'zypper'].map(
    (name) =>
      [
        new RegExp(`(?<![\\w-])${name}\\s(?:[^&|;]*\\s)?(?:install|in|update|upgrade|up)\\b`),
        `${name} clean${name === 'zypper' ? '' : ' all'}`,
      ] as const,
  ),
];

/** A RUN that keeps no cache of packages; `undefined` where more than that would change. */
export const withoutCaches = (run: DockerInstruction): string | undefined => {
  if (!canBeContinued(run)) return undefined;
  const told = options.reduce(
    (text, [verb, option]) => text.replace(verb, (found) => `${found} ${option}`),
    run.source,
  );
  return cleaning
    .filter(([program]) => program.test(run.script))
    .reduce((text, [, command]) => continued(text, command), told);
};

/** The flags that COPY has, too. https://docs.docker.com/reference/dockerfile/#copy */
const shared: ReadonlySet<string> = new Set(['chown', 'chmod', 'link', 'exclude']);

/** An ADD as a COPY; `undefined` where COPY would do something else. */
export const asCopy = ({ source, flags, words }: DockerInstruction): string | undefined => {
  const isPlain = words
    .slice(0, -1)
    // A pattern or a variable can name an archive, which ADD unpacks.
    .every(
      (one) => !/[*?$[\]]|^<<|:\/\/|^git@|\.(?:tar|t?gz|t?bz2?|t?xz|tgz|zst|lzma|zip)\b/i.test(one),
    );
  const hasOthers = [...flags.keys()].some((flag) => !shared.has(flag));
  return isPlain && !hasOthers ? source.replace(/^(\s*)ADD\b/i, '$1COPY') : undefined;
};

/** Instructions written anew; `undefined` where one of them cannot be. */
export const rewriting = (
  instructions: readonly DockerInstruction[],
  rewritten: (one: DockerInstruction) => string | undefined,
  summary: string,
): Written | undefined => {
  const edits = instructions.flatMap((one) => {
    const value = rewritten(one);
    return value === undefined ? [] : [{ path: one.said.at, value }];
  });
  return edits.length === instructions.length ? { edits, summary } : undefined;
};
